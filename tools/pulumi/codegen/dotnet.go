//go:build dotnet

package main

import (
	"net/http"
	"testing/fstest"

	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The generator of C# has left Pulumi's Go modules, so it comes from an older one (dotnet.mod).
var generators = map[string]func(tool string, provider *schema.Package) (files, error){
	"dotnet": func(tool string, provider *schema.Package) (files, error) {
		// It downloads the logo of the provider, and this command reaches no network.
		noLogo := http.NewFileTransportFS(fstest.MapFS{"logo.png": {}})
		http.DefaultTransport.(*http.Transport).RegisterProtocol("file", noLogo)
		provider.LogoURL = "file:///logo.png"
		return dotnet.GeneratePackage(tool, provider, nil, nil)
	},
}
