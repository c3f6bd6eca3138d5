# Each of the five resources by count or for_each, in two workspaces of one Lumos.
terraform {
  required_providers {
    lumos = { source = "mirror.acme.example/teamlumos/lumos" }
  }
}

data "lumos_users" "grace" {
  search_term = "grace"
}

resource "lumos_app" "wiki" {
  for_each    = toset(["guide", "handbook"])
  name        = "The ${each.key} (${terraform.workspace})"
  category    = "Internal"
  description = "What everybody knows."
}

# Without a name: it has that of Lumos.
resource "lumos_app" "zoom" {
  count        = 1
  app_class_id = "zoom.us"
  auth         = jsonencode({ client_id = "acme", client_secret = "a key of ${terraform.workspace}" })
  settings     = jsonencode({ app_instance_identifier = "${terraform.workspace}.zoom.us" })
}

resource "lumos_app_store_app" "wiki" {
  for_each = lumos_app.wiki
  app_id   = each.value.id
  request_flow = {
    admins = {
      users  = [{ id = data.lumos_users.grace.items[0].id }]
      groups = []
    }
  }
}

resource "lumos_requestable_permission" "writer" {
  for_each = lumos_app_store_app.wiki
  app_id   = each.value.app_id
  label    = "Writer of the ${each.key}"
}

resource "lumos_pre_approval_rule" "writers" {
  count                   = 2
  app_id                  = lumos_app_store_app.wiki["guide"].app_id
  justification           = "Who writes, reads (${count.index + 1})."
  preapproved_permissions = [{ id = lumos_requestable_permission.writer["guide"].id }]
  preapproved_users_by_attribute = [
    { attribute = "department", value = count.index == 0 ? "Engineering" : "IT" }
  ]
}

resource "lumos_access_policy" "everyone" {
  count                  = 2
  name                   = "Everyone reads ${count.index + 1} (${terraform.workspace})"
  business_justification = "It is for all."
  is_everyone_condition  = true
  apps                   = [{ id = lumos_app.wiki[count.index == 0 ? "guide" : "handbook"].id }]
}
