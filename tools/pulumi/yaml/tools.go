//go:build tools

// Package tools names the command that `install yaml` builds, so that go.mod keeps its module. It has
// modules of its own because it is written for an older Pulumi than the CLI.
package tools

import (
	_ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
)
