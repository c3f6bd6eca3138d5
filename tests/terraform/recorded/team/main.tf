terraform {
  required_providers {
    lumos = { source = "mirror.acme.example/teamlumos/lumos" }
  }
}

variable "app_id" {}
variable "name" {}

resource "lumos_requestable_permission" "reports" {
  app_id = var.app_id
  label  = "Reports of ${var.name}"
  request_config = {
    appstore_visibility = "VISIBLE"
  }
}
