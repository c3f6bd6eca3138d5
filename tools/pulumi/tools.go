//go:build tools

// Package tools names the command that `install` builds, so that go.mod keeps its module.
package tools

import (
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
)
