// Command codegen writes the SDK of a provider in one language, from the provider's schema.
//
//	codegen nodejs|python|go SCHEMA FOLDER
//	codegen dotnet SCHEMA FOLDER, if it was built with the tag `dotnet` and the modules of dotnet.mod
//
// `pulumi package gen-sdk` does the same, but asks the language host of the language to do so, and those
// are not published as Go modules. The generators are: the official hosts call them as this command does.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// generatedBy is what the comment at the head of every generated file names.
const generatedBy = "pulumi-language-%s"

type files = map[string][]byte

func main() {
	if len(os.Args) != 4 || generators[os.Args[1]] == nil {
		languages := strings.Join(slices.Sorted(maps.Keys(generators)), "|")
		fmt.Fprintf(os.Stderr, "usage: %s %s SCHEMA FOLDER\n", filepath.Base(os.Args[0]), languages)
		os.Exit(2)
	}
	if err := generate(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintf(os.Stderr, "codegen: %v\n", err)
		os.Exit(1)
	}
}

// generate writes the SDK for a language into a folder, which must be empty or missing.
func generate(language, schemaFile, folder string) error {
	if existing, err := os.ReadDir(folder); err == nil && len(existing) > 0 {
		return fmt.Errorf("%s is not empty", folder)
	}
	provider, err := read(schemaFile)
	if err != nil {
		return err
	}
	generated, err := generators[language](fmt.Sprintf(generatedBy, language), provider)
	if err != nil {
		return fmt.Errorf("generating the SDK: %w", err)
	}
	for name, content := range generated {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil { //nolint:gosec // source code
			return err
		}
	}
	return nil
}

// read returns the schema as the generators take it. Everything that Pulumi finds wrong with it, also
// what it only warns of, is an error.
func read(schemaFile string) (*schema.Package, error) {
	content, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(content, &spec); err != nil {
		return nil, fmt.Errorf("%s is not a schema: %w", schemaFile, err)
	}
	provider, diagnostics, err := schema.BindSpec(spec, noOtherPackages{}, schema.ValidationOptions{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", schemaFile, err)
	}
	if len(diagnostics) == 0 {
		return provider, nil
	}
	var sentences []string
	for _, diagnostic := range diagnostics {
		sentences = append(sentences, strings.TrimSpace(diagnostic.Summary+" "+diagnostic.Detail))
	}
	slices.Sort(sentences)
	return nil, fmt.Errorf("%s is not valid:\n  %s", schemaFile, strings.Join(sentences, "\n  "))
}

// noOtherPackages loads nothing: a schema that names types of another package is refused.
type noOtherPackages struct{}

var errOtherPackage = errors.New("the schema names another package, which this command does not load")

func (noOtherPackages) LoadPackage(string, *semver.Version) (*schema.Package, error) {
	return nil, errOtherPackage
}

func (noOtherPackages) LoadPackageV2(
	context.Context, *schema.PackageDescriptor,
) (*schema.Package, error) {
	return nil, errOtherPackage
}

func (noOtherPackages) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return nil, errOtherPackage
}

func (noOtherPackages) LoadPackageReferenceV2(
	context.Context, *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return nil, errOtherPackage
}
