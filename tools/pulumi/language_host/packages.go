package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/errutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
)

//go:embed packages.py
var listPackages string

// The official host knows these by name, too.
var withoutPlugin = map[string]bool{"pulumi-policy": true, "pulumi-esc-sdk": true}

// A pythonPackage is a package installed in the project's Python.
type pythonPackage struct {
	Name    string                   `json:"name"`
	Version string                   `json:"version"`
	Plugin  *plugin.PulumiPluginJSON `json:"plugin"`
}

// requiredPackages returns the Pulumi plugins that the packages of a Python stand for.
func requiredPackages(
	ctx context.Context, python toolchain.Toolchain,
) ([]*pulumirpc.PackageDependency, error) {
	command, err := python.Command(ctx, "-c", listPackages)
	if err != nil {
		return nil, err
	}
	output, err := command.Output()
	if err != nil {
		return nil, errutil.ErrorWithStderr(err, "listing the Python packages of the project failed")
	}
	var installed []pythonPackage
	if err := json.Unmarshal(output, &installed); err != nil {
		return nil, fmt.Errorf("listing the Python packages of the project failed: %w", err)
	}
	var required []*pulumirpc.PackageDependency
	for _, found := range installed {
		if dependency := found.dependency(); dependency != nil {
			required = append(required, dependency)
		}
	}
	return required, nil
}

// dependency returns the plugin that a package stands for, nil where it stands for none.
//
// A package whose name begins with `pulumi-`, or which ships a pulumi-plugin.json, stands for a plugin
// of that name, unless that file says `"resource": false`.
func (found pythonPackage) dependency() *pulumirpc.PackageDependency {
	described := found.Plugin
	if described == nil && (!strings.HasPrefix(found.Name, "pulumi-") || withoutPlugin[found.Name]) {
		return nil
	}
	if described == nil {
		described = &plugin.PulumiPluginJSON{Resource: true}
	}
	name, version := described.Name, described.Version
	if name == "" {
		name = strings.TrimPrefix(found.Name, "pulumi-")
	}
	if version == "" {
		version = pluginVersion(found.Version)
	}
	if !described.Resource || version == "" {
		return nil
	}
	return &pulumirpc.PackageDependency{
		Name:             name,
		Version:          "v" + strings.TrimPrefix(version, "v"),
		Kind:             "resource",
		Server:           described.Server,
		Parameterization: parameterization(described.Parameterization),
		Extension:        parameterization(described.ExtensionParameterization),
	}
}

func parameterization(described *plugin.PulumiParameterizationJSON) *pulumirpc.PackageParameterization {
	if described == nil {
		return nil
	}
	return &pulumirpc.PackageParameterization{
		Name: described.Name, Version: described.Version, Value: described.Value,
	}
}

var (
	pep440 = regexp.MustCompile(`^(\d+(?:\.\d+)*)(?:(a|b|rc)(\d+))?(?:\.(post\d+))?(?:\.(dev\d+))?$`)
	stages = map[string]string{"a": "-alpha.", "b": "-beta.", "rc": "-rc."}
)

// pluginVersion translates a version of PEP 440 into a plugin's semantic version; empty where there
// is none.
func pluginVersion(version string) string {
	parts := pep440.FindStringSubmatch(version)
	if parts == nil {
		return ""
	}
	release := parts[1] + strings.Repeat(".0", max(0, 2-strings.Count(parts[1], ".")))
	build := parts[4] + parts[5]
	if build != "" {
		build = "+" + build
	}
	return release + stages[parts[2]] + parts[3] + build
}
