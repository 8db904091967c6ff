# Seed of the test Redmine 5.0 (up.sh runs it: rails runner seed.rb). Every name is invented. Prints one JSON line with ids and keys.
require 'json'; require 'securerandom'
N    = (ENV['LAB_ISSUES'] || 300).to_i
out  = {}
ActiveRecord::Base.logger = nil
User.current = User.find_by_login('admin')

{ 'rest_api_enabled' => '1', 'default_language' => 'pt-BR', 'login_required' => '1',
  'app_title' => 'Redmine de teste', 'notified_events' => [], 'self_registration' => '0', 'gravatar_enabled' => '0',
  'host_name' => (ENV['LAB_HOST']), 'protocol' => 'http' }.each { |k, v| Setting[k] = v }

# --- statuses / trackers / activities -------------------------------------------------------------
[['Aguardando cliente', false], ['Aguardando terceiros', false], ['Em homologação', false], ['Cancelada', true]].each do |name, closed|
  IssueStatus.where(name: name).first_or_create!(is_closed: closed)
end
first = IssueStatus.sorted.first
['Bug', 'Treinamento/Orientação', 'Solicitação/Intervenção'].each do |n|
  Tracker.where(name: n).first || Tracker.create!(name: n, default_status: first)
end
['Suporte', 'Treinamento', 'Análise', 'Plantão'].each { |n| TimeEntryActivity.where(name: n, project_id: nil).first_or_create!(active: true) }
sup = TimeEntryActivity.where(name: 'Suporte', project_id: nil).first
sup.update!(is_default: true) unless sup.is_default

# --- roles ------------------------------------------------------------------------------------------
perms = [:view_issues, :add_issues, :edit_issues, :copy_issues, :add_issue_notes, :edit_own_issue_notes, :view_private_notes,
         :set_notes_private, :view_issue_watchers, :add_issue_watchers, :delete_issue_watchers, :log_time, :view_time_entries,
         :edit_own_time_entries, :manage_issue_relations, :manage_subtasks, :view_files, :save_queries, :view_changesets,
         :view_wiki_pages, :view_news, :view_documents].select { |p| Redmine::AccessControl.permission(p) }
role = Role.where(name: 'Analista de Suporte').first_or_create!(permissions: perms, issues_visibility: 'all', users_visibility: 'all', assignable: true)
roles = Role.givable.to_a

# --- workflow: everything to everything, but the analyst role cannot go to 'Cancelada' ---------------
st = IssueStatus.all.to_a; cancel = st.detect { |s| s.name == 'Cancelada' }
have = WorkflowTransition.pluck(:role_id, :tracker_id, :old_status_id, :new_status_id).to_set
rows = []
roles.each { |r| Tracker.all.each { |t| ([nil] + st).each { |o| st.each { |n|
  next if o == n || (r == role && n == cancel)
  k = [r.id, t.id, o ? o.id : 0, n.id]
  rows << { role_id: k[0], tracker_id: k[1], old_status_id: k[2], new_status_id: k[3], type: 'WorkflowTransition' } unless have.include?(k)
} } } }
rows.each_slice(500) { |s| WorkflowTransition.insert_all(s) } if rows.any?

# --- projects, users, members -----------------------------------------------------------------------
tr = Tracker.all.to_a
mk = lambda do |ident, name, pub, parent = nil|
  p = Project.find_by_identifier(ident) || Project.new(identifier: ident, name: name, is_public: pub)
  p.enabled_module_names = %w(issue_tracking time_tracking wiki files documents news calendar gantt)
  p.trackers = tr; p.name = name; p.save!
  p.set_parent!(parent) if parent && p.parent_id != parent.id
  p
end
erp    = mk.call('erp', 'ERP Corporativo', false)
portal = mk.call('portal', 'Portal do Cliente', true)
infra  = mk.call('infra', 'Infraestrutura', false)
fiscal = mk.call('erp-fiscal', 'ERP Fiscal', false, erp)
closedp = mk.call('diretoria', 'Diretoria (restrito)', false)
projects = [erp, portal, infra, fiscal]

pw = lambda { SecureRandom.hex(12) }
users = [['ana.souza', 'Ana', 'Souza', 'Brasilia'], ['bruno.lima', 'Bruno', 'Lima', 'Brasilia'], ['carla.dias', 'Carla', 'Dias', '']].map do |login, f, l, tz|
  u = User.find_by_login(login) || User.new
  if u.new_record?
    u.login = login; u.firstname = f; u.lastname = l; u.mail = "#{login}@example.invalid"; u.language = 'pt-BR'
    u.password = u.password_confirmation = pw.call; u.mail_notification = 'none'; u.save!
    u.pref.update!(time_zone: tz) unless tz.empty?
  end
  projects.each { |p| Member.create!(principal: u, project: p, roles: [role]) unless Member.exists?(user_id: u.id, project_id: p.id) }
  u
end
admin = User.find_by_login('admin')
if admin.must_change_passwd?
  admin.password = admin.password_confirmation = pw.call; admin.must_change_passwd = false; admin.language = 'pt-BR'
  admin.mail_notification = 'none'; admin.save!
end
Member.create!(principal: admin, project: closedp, roles: [Role.givable.first]) unless Member.exists?(user_id: admin.id, project_id: closedp.id)
projects.each do |p|
  ['Cadastro', 'Relatórios', 'Integração'].each { |c| IssueCategory.where(project_id: p.id, name: c).first_or_create! }
  ['2025.1', '2025.2'].each { |v| Version.where(project_id: p.id, name: v).first_or_create! }
end

# --- custom fields ----------------------------------------------------------------------------------
cf = lambda do |name, fmt, opt = {}|
  f = IssueCustomField.find_by_name(name) || IssueCustomField.new(name: name, field_format: fmt)
  f.assign_attributes({ is_for_all: true, is_filter: true, visible: true }.merge(opt))
  f.trackers = tr if f.trackers.empty?
  f.save!; f
end
cf_int = cf.call('Freshdesk ticket', 'int')
cf_str = cf.call('Freshdesk ticket (texto)', 'string', searchable: true)
cf_cli = cf.call('Cliente', 'string', searchable: true)
cf_lst = cf.call('Módulo', 'list', multiple: true, possible_values: %w(Financeiro Fiscal Estoque RH))
cf_bol = cf.call('Homologado', 'bool')
cf_dat = cf.call('Data prevista', 'date')
cf_url = cf.call('Link Freshdesk', 'link', url_pattern: 'https://example.invalid/a/tickets/%value%')
cf_usr = cf.call('Responsável técnico', 'user')
cf_many = cf.call('Freshdesk', 'string')                              # several tickets in one field, comma separated
cf_blind = cf.call('Ticket sem filtro', 'string', is_filter: false)  # a filter on it is ignored without a word
sol = tr.detect { |t| t.name =~ /Solicit/ }
cf_req = IssueCustomField.find_by_name('Motivo') || begin
  f = IssueCustomField.new(name: 'Motivo', field_format: 'list', possible_values: ['Ajuste de dados', 'Acesso', 'Outro'], is_for_all: true, is_filter: true, is_required: true, visible: true)
  f.trackers = [sol]; f.save!; f
end

# --- issues: bulk insert, deterministic ---------------------------------------------------------------
if Issue.count == 0 && N > 0
  rnd = Random.new(42); now = Time.now.change(usec: 0)
  cats = IssueCategory.all.group_by(&:project_id); vers = Version.all.group_by(&:project_id)
  prio = IssuePriority.active.to_a; dprio = IssuePriority.default || prio[1]
  verbs = ['Erro ao emitir', 'Lentidão em', 'Dúvida sobre', 'Ajuste no', 'Falha na integração de', 'Solicita acesso a']
  objs  = ['nota fiscal', 'relatório de vendas', 'cadastro de clientes', 'boleto', 'pedido', 'login', 'importação XML']
  issues = []; vals = []; jrn = []; det = []; wat = []; tes = []; jid = (Journal.maximum(:id) || 0)
  acts = TimeEntryActivity.where(project_id: nil, active: true).pluck(:id)
  (1..N).each do |id|
    p = projects[rnd.rand(projects.size)]; s = st[rnd.rand(st.size)]; t = tr[rnd.rand(tr.size)]
    created = now - rnd.rand(365 * 86400); updated = created + rnd.rand([(now - created).to_i, 1].max)
    who = rnd.rand(10) < 8 ? users[rnd.rand(3)] : nil; au = users[rnd.rand(3)]
    issues << { id: id, tracker_id: t.id, project_id: p.id, subject: "#{verbs[rnd.rand(verbs.size)]} #{objs[rnd.rand(objs.size)]} ##{id}",
      description: ("Descrição do chamado #{id}. Cliente relata o problema com acentuação: ação, já, não. " * (1 + rnd.rand(8))),
      status_id: s.id, assigned_to_id: who && who.id, priority_id: (rnd.rand(4) == 0 ? prio[rnd.rand(prio.size)] : dprio).id,
      category_id: cats[p.id][rnd.rand(3)].id, fixed_version_id: (rnd.rand(3) == 0 ? vers[p.id][rnd.rand(2)].id : nil), author_id: au.id,
      lock_version: 0, created_on: created, updated_on: updated, start_date: created.to_date, due_date: (rnd.rand(3) == 0 ? created.to_date + 15 : nil),
      done_ratio: s.is_closed ? 100 : rnd.rand(10) * 10, estimated_hours: (rnd.rand(2) == 0 ? 1 + rnd.rand(16) : nil),
      root_id: id, lft: 1, rgt: 2, is_private: false, closed_on: (s.is_closed ? updated : nil) }
    fd = 100000 + id
    { cf_int => (rnd.rand(5) > 0 ? fd.to_s : ''), cf_str => (rnd.rand(5) > 0 ? "FD-#{fd}" : ''), cf_cli => "Cliente #{1 + rnd.rand(60)}",
      cf_bol => rnd.rand(2).to_s, cf_dat => (created.to_date + 20).to_s, cf_url => fd.to_s, cf_usr => users[rnd.rand(3)].id.to_s,
      cf_many => (id % 10 == 0 ? "#{fd}, #{fd + 1}" : ''), cf_blind => fd.to_s }.each { |f, v|
      vals << { customized_type: 'Issue', customized_id: id, custom_field_id: f.id, value: v } }
    %w(Financeiro Fiscal Estoque RH).sample(1 + rnd.rand(2), random: rnd).each { |v| vals << { customized_type: 'Issue', customized_id: id, custom_field_id: cf_lst.id, value: v } }
    vals << { customized_type: 'Issue', customized_id: id, custom_field_id: cf_req.id, value: 'Outro' } if t == sol
    rnd.rand(4).times do |k|
      jid += 1
      jrn << { id: jid, journalized_id: id, journalized_type: 'Issue', user_id: users[rnd.rand(3)].id, notes: (k.even? ? "Nota #{k + 1}: cliente retornou." : ''),
               created_on: created + (updated - created) * (k + 1) / 5.0, private_notes: rnd.rand(10) == 0 }
      det << { journal_id: jid, property: 'attr', prop_key: 'status_id', old_value: first.id.to_s, value: s.id.to_s }
    end
    wat << { watchable_type: 'Issue', watchable_id: id, user_id: users[rnd.rand(3)].id } if rnd.rand(3) == 0
    if rnd.rand(3) == 0
      d = updated.to_date
      tes << { project_id: p.id, user_id: au.id, author_id: au.id, issue_id: id, hours: [0.25, 0.5, 1, 1.5, 2].sample(random: rnd), comments: 'Atendimento',
               activity_id: acts[rnd.rand(acts.size)], spent_on: d, tyear: d.year, tmonth: d.month, tweek: d.cweek, created_on: updated, updated_on: updated }
    end
  end
  Issue.transaction do
    { Issue => issues, CustomValue => vals, Journal => jrn, JournalDetail => det, Watcher => wat, TimeEntry => tes }.each { |m, r| r.each_slice(300) { |s| m.insert_all!(s) } if r.any? }
  end
end

# --- a tracker whose tasks must have more than a title: by its workflow and by a field of one project that no task has yet ----
if Tracker.where(name: 'Implantação').none?
  imp = Tracker.create!(name: 'Implantação', default_status: first)
  projects.each { |p| p.trackers << imp }
  IssueCustomField.where(is_for_all: true).each { |f| f.trackers << imp unless f.is_required }
  amb = IssueCustomField.new(name: 'Ambiente', field_format: 'list', possible_values: %w(Produção Homologação), is_for_all: false, is_filter: true, is_required: true, visible: true)
  amb.trackers = [imp]; amb.projects = [erp]; amb.save!
  roles.each { |r| st.each { |s| %w(category_id due_date).each { |f| WorkflowPermission.create!(role_id: r.id, tracker_id: imp.id, old_status_id: s.id, field_name: f, rule: 'required') } } }
  rows = roles.flat_map { |r| ([nil] + st).flat_map { |o| (st - [o]).reject { |n| r == role && n == cancel }.map { |n|
    { role_id: r.id, tracker_id: imp.id, old_status_id: o ? o.id : 0, new_status_id: n.id, type: 'WorkflowTransition' } } } }
  WorkflowTransition.insert_all(rows)
end

# --- chamados: a board of fourteen situations, whose workflow is its table of moves, in a project of its own, and one where they go on ----
kanban = { 'Triagem' => ['Backlog', 'Reprovado', 'Aguardando Informações'], 'Reprovado' => [], 'Aguardando Informações' => ['Triagem'],
  'Backlog' => ['To Do'], 'To Do' => ['Doing'], 'Doing' => ['Pull Request'], 'Pull Request' => ['PR Aprovado', 'Error Fix'],
  'Error Fix' => ['Doing'], 'PR Aprovado' => ['Publicado em Homologação'], 'Publicado em Homologação' => ['Testing'],
  'Testing' => ['Test Finished', 'Error Fix'], 'Test Finished' => ['Publicado'], 'Publicado' => ['Encerrado', 'Error Fix'], 'Encerrado' => [] }
if Tracker.where(name: 'Chamado').none?
  ks = kanban.keys.map { |n| [n, IssueStatus.where(name: n).first_or_create!(is_closed: %w(Reprovado Encerrado).include?(n))] }.to_h
  kt = ['Chamado', 'Desenvolvimento'].map { |n| Tracker.create!(name: n, default_status: ks['Triagem']) }
  rows = roles.product(kt).flat_map { |r, t| kanban.flat_map { |from, ways| ways.map { |to| [r, t, ks[from].id, ks[to].id] } } + [[r, t, 0, ks['Triagem'].id]] }
  WorkflowTransition.insert_all(rows.map { |r, t, from, to| { role_id: r.id, tracker_id: t.id, old_status_id: from, new_status_id: to, type: "WorkflowTransition" } })
  kp = [['chamados', 'Chamados'], ['desenvolvimento', 'Desenvolvimento']].map do |ident, name|
    p = mk.call(ident, name, false); p.trackers = kt; p.save!
    users.each { |u| Member.create!(principal: u, project: p, roles: [role]) }
    p
  end
  ['Chamado', 'Ferramenta', 'Integração', 'E-mail da licença', 'Licença', 'Notificar', 'Fluxo', 'Ticket', 'Autor', 'URL de homologação', 'Versão publicada'].each do |n|
    f = IssueCustomField.new(name: n, field_format: 'string', is_for_all: false, is_filter: true, visible: true)
    f.trackers = kt; f.projects = kp; f.save!
  end
end

out = { version: Redmine::VERSION.to_s, issues: Issue.count, journals: Journal.count, time_entries: TimeEntry.count,
  admin_key: admin.api_key, admin_id: admin.id, users: users.map { |u| { id: u.id, login: u.login, key: u.api_key } },
  projects: Project.all.map { |p| { id: p.id, identifier: p.identifier } }, trackers: Tracker.sorted.map { |t| { id: t.id, name: t.name } },
  statuses: IssueStatus.sorted.map { |s| { id: s.id, name: s.name, is_closed: s.is_closed } },
  priorities: IssuePriority.all.map { |s| { id: s.id, name: s.name } }, activities: TimeEntryActivity.where(project_id: nil).map { |s| { id: s.id, name: s.name } },
  custom_fields: IssueCustomField.all.map { |c| { id: c.id, name: c.name, format: c.field_format } } }
puts 'LABJSON ' + out.to_json
