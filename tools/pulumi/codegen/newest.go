//go:build !dotnet

package main

import (
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

var generators = map[string]func(tool string, provider *schema.Package) (files, error){
	"nodejs": func(tool string, provider *schema.Package) (files, error) {
		const withinAProgram = false
		return nodejs.GeneratePackage(tool, provider, nil, nil, withinAProgram, noOtherPackages{})
	},
	"python": func(tool string, provider *schema.Package) (files, error) {
		return python.GeneratePackage(tool, provider, nil, noOtherPackages{})
	},
	"go": func(tool string, provider *schema.Package) (files, error) {
		return golang.GeneratePackage(tool, provider, nil)
	},
}
