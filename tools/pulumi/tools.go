//go:build tools

// Package tools names what is built with these modules and is not in this folder, so that go.mod keeps
// it: the CLI, and what the Go SDK of a provider imports.
package tools

import (
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)
