# Every data source of the vendor's provider that main.tf does not read already.

data "lumos_access_policies" "all" {}

data "lumos_access_policy" "everyone" {
  id = lumos_access_policy.everyone.id
}

data "lumos_app_store_app" "salesforce" {
  app_id = lumos_app_store_app.salesforce.app_id
}

data "lumos_app_store_app_settings" "salesforce" {
  id = lumos_app_store_app.salesforce.app_id
}

data "lumos_apps" "named" {
  for_each    = toset(["Okta", "Slack"])
  name_search = each.key
}

data "lumos_group" "engineering" {
  group_id = data.lumos_groups.engineering.items[0].id
}

data "lumos_pre_approval_rule" "engineers" {
  id = lumos_pre_approval_rule.engineers.id
}

data "lumos_requestable_permission" "read_only" {
  id = lumos_requestable_permission.read_only.id
}

data "lumos_requestable_permissions" "salesforce" {
  app_id = lumos_app_store_app.salesforce.app_id
}

data "lumos_user" "grace" {
  user_id = data.lumos_users.grace.items[0].id
}
