"""List the Python packages of this Python, with the pulumi-plugin.json of those that have one.

The names and versions are those of the folders with the packages' metadata, which is much faster
than reading the metadata: the engine asks before every preview and update.
"""

import importlib.util
import json
import os
import re
import sys

METADATA = re.compile(r"(?P<name>.+?)-(?P<version>[^-]+)(-py[\d.]+)?\.(dist|egg)-info")


def plugin_of(module: str) -> object:
    try:
        found = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    for folder in (found and found.submodule_search_locations) or ():
        described = os.path.join(folder, "pulumi-plugin.json")
        if os.path.isfile(described):
            with open(described, encoding="utf-8") as file:
                return json.load(file)
    return None


listed = {}
for folder in sys.path:
    for entry in os.listdir(folder) if os.path.isdir(folder) else ():
        metadata = METADATA.fullmatch(entry)
        if metadata is None:
            continue
        name = re.sub(r"[-_.]+", "-", metadata["name"]).lower()
        if name not in listed:
            plugin = plugin_of(re.sub(r"[-.]", "_", metadata["name"]))
            listed[name] = {"name": name, "version": metadata["version"], "plugin": plugin}
print(json.dumps(list(listed.values())))
