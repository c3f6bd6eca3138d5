terraform {
  required_providers {
    lumos = { source = "mirror.acme.example/teamlumos/lumos" }
  }
}

variable "wiki" {}

resource "lumos_app" "notebook" {
  name        = "Lab notebook"
  category    = "Internal"
  description = "What the lab has tried."
}

resource "lumos_app_store_app" "notebook" {
  app_id = lumos_app.notebook.id
}

resource "lumos_access_policy" "lab" {
  count                  = 1
  name                   = "The lab writes its notebook"
  business_justification = "It is theirs."
  is_everyone_condition  = true
  apps                   = [{ id = lumos_app.notebook.id }, { id = var.wiki }]
}
