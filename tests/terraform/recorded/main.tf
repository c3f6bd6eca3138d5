terraform {
  required_providers {
    lumos = { source = "mirror.acme.example/teamlumos/lumos" }
  }
}

variable "admins" {
  default = "00g3sfadmins0000A5d7"
}

data "lumos_app" "okta" {
  id = "46d98d5c-ebf6-5e24-8ce6-12d591c4c0ef"
}

data "lumos_groups" "engineering" {
  name = "Engineering"
}

data "lumos_users" "grace" {
  search_term = "grace"
}

locals {
  okta       = data.lumos_app.okta.id
  salesforce = "715cff7f-3fb4-5beb-9fee-beb883980874"
}

resource "lumos_app_store_app" "salesforce" {
  app_id                      = local.salesforce
  custom_request_instructions = "Say which accounts you work with."
  request_flow = {
    discoverability          = "FULL"
    require_manager_approval = true
    admins = {
      users  = [{ id = data.lumos_users.grace.items[0].id }]
      groups = []
    }
  }
  provisioning = {
    groups_provisioning = "DIRECT_TO_USER"
  }
}

resource "lumos_requestable_permission" "read_only" {
  app_id = lumos_app_store_app.salesforce.app_id
  label  = "Read-only"
  request_config = {
    appstore_visibility = "VISIBLE"
    request_fulfillment_config = {
      provisioning_group = {
        app_id                  = local.okta
        integration_specific_id = "00g4sfreadonly00A5d7"
      }
      time_based_access          = ["2 hours", "7 days"]
      time_based_access_override = true
    }
  }
}

# Another group: the permission is replaced, and its deletion is refused.
resource "lumos_requestable_permission" "admin" {
  for_each = { emea = "Admin (EMEA)", "na/east" = "Admin (NA East)" }
  app_id   = lumos_app_store_app.salesforce.app_id
  label    = each.value
  request_config = {
    appstore_visibility = "HIDDEN"
    request_approval_config = {
      request_approval_config_override = true
      manager_approval                 = "NONE"
      approvers = {
        users  = [{ id = data.lumos_users.grace.items[0].id }]
        groups = []
      }
    }
    request_fulfillment_config = {
      provisioning_group = {
        app_id                  = local.okta
        integration_specific_id = var.admins
      }
    }
  }
  lifecycle {
    create_before_destroy = true
  }
}


resource "lumos_requestable_permission" "sandbox" {
  count  = 2
  app_id = lumos_app_store_app.salesforce.app_id
  label  = "Sandbox ${count.index + 1}"
}

resource "lumos_pre_approval_rule" "engineers" {
  app_id                  = lumos_app_store_app.salesforce.app_id
  justification           = "Engineers read accounts all day."
  preapproved_groups      = [{ app_id = local.okta, id = data.lumos_groups.engineering.items[0].id }]
  preapproved_permissions = [{ id = lumos_requestable_permission.read_only.id }]
  time_based_access       = ["2 hours"]
}

resource "lumos_app" "wiki" {
  name        = "Wiki"
  category    = "Internal"
  description = "What everybody knows."
}

# Credentials are sensitive in the state by the provider's schema, settings only where the
# configuration says so.
resource "lumos_app" "okta" {
  for_each     = toset(["lab", "subsidiary"])
  name         = "Okta (${each.key})"
  app_class_id = "okta.com"
  auth         = jsonencode({ api_key = "a key of ${each.key}" })
  settings     = jsonencode({ app_instance_identifier = "${each.key}.okta.com" })
}

resource "lumos_app" "github" {
  count        = 1
  name         = "GitHub of the lab"
  app_class_id = "github.com"
  auth         = jsonencode({ api_key = "a key of the lab" })
  settings     = sensitive(jsonencode({ organization = "a hidden lab" }))
}

resource "lumos_app_store_app" "wiki" {
  for_each                    = { internal = lumos_app.wiki.id }
  app_id                      = each.value
  custom_request_instructions = "Say what you want to write about."
  request_flow = {
    admins = {
      users  = [{ id = data.lumos_users.grace.items[0].id }]
      groups = []
    }
  }
}

resource "lumos_requestable_permission" "editor" {
  app_id = lumos_app_store_app.wiki["internal"].app_id
  label  = "Editor"
  request_config = {
    appstore_visibility = "VISIBLE"
  }
}

resource "lumos_pre_approval_rule" "editors" {
  count                   = 1
  app_id                  = lumos_app_store_app.wiki["internal"].app_id
  justification           = "Engineers write."
  preapproved_groups      = [{ app_id = local.okta, id = data.lumos_groups.engineering.items[0].id }]
  preapproved_permissions = [{ id = lumos_requestable_permission.editor.id }]
}

resource "lumos_access_policy" "builders" {
  for_each               = { engineering = "Engineering" }
  name                   = "${each.value} edits the wiki"
  business_justification = "They know what is in it."
  status                 = "PUBLISHED"
  is_enabled             = true
  apps = [{
    id          = lumos_app.wiki.id
    permissions = [{ id = lumos_requestable_permission.editor.id }]
  }]
  access_condition = jsonencode({
    attribute = { label = "Department", value = "identity.custom_attributes[\"Department\"]" }
    in        = [{ label = each.value, value = each.value }]
  })
}

resource "lumos_access_policy" "everyone" {
  name                   = "Everyone reads the wiki"
  business_justification = "It is what everybody knows."
  is_everyone_condition  = true
  apps                   = [{ id = lumos_app.wiki.id, is_preapproved = true }]
}

resource "terraform_data" "database" {
  input = { password = sensitive("a secret of another provider") }
}

module "lab" {
  source = "./lab"
  wiki   = lumos_app.wiki.id
}

module "team" {
  source   = "./team"
  for_each = toset(["data", "web"])
  app_id   = lumos_app_store_app.salesforce.app_id
  name     = each.key
}
