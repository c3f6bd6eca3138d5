# mypy: ignore-errors
"""Mistakes with what a resource gives; each line that ends in `# error` is one."""

from __future__ import annotations

import pulumi_lumos as lumos

permission = lumos.RequestablePermission("permission", app_id="a-1", label="Admin")
text: str = permission.label  # error
permission.lable.apply(str)  # error
permission.label.apply(lambda label: label.uper())  # error
permission.label = 3  # error
permission.type.apply(lambda type: type == "OTHER" or type.nothing)  # error
lumos.AppStoreApp("app", app_id=permission.request_config)  # error
lumos.AppStoreApp("app", app_id=permission)  # error
lumos.RequestablePermision("misspelt", app_id="a-1", label="Admin")  # error
lumos.RequestablePermission.get("found")  # error
permission.request_config.apply(lambda config: config["appstore_visibility"])  # error
