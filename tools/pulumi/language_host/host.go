package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/errutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
	"google.golang.org/protobuf/types/known/emptypb"
)

var errCancelled = errors.New("The language host has been cancelled.") //nolint:staticcheck // shown

// languageHost runs and describes Python projects and plugins for one engine. Methods of the service
// that are missing here (code generation, templates) answer UNIMPLEMENTED.
type languageHost struct {
	pulumirpc.UnimplementedLanguageRuntimeServer

	executor string // The path of pulumi-language-python-exec.
	engine   string // The address of the engine.

	cancelled context.Context // Done when nothing is to run any more.
	cancel    context.CancelFunc
}

func newLanguageHost(executor, engine string) *languageHost {
	cancelled, cancel := context.WithCancel(context.Background())
	return &languageHost{executor: executor, engine: engine, cancelled: cancelled, cancel: cancel}
}

// Handshake takes the address of an engine that attached to this host.
func (host *languageHost) Handshake(
	_ context.Context, req *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	host.engine = req.EngineAddress
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

// GetPluginInfo says which version this host is: that of the SDK it is built with.
func (host *languageHost) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version.Version}, nil
}

// GetRequiredPackages names the plugins that the project's Python packages need. As in the official
// host, a missing virtual environment is made first.
func (host *languageHost) GetRequiredPackages(
	ctx context.Context, req *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	python, err := toolchainOf(req.Info)
	if err != nil {
		return nil, err
	}
	const useLanguageVersionTools, showOutput = false, true
	err = python.EnsureVenv(
		ctx, req.Info.ProgramDirectory, useLanguageVersionTools, showOutput, os.Stdout, os.Stderr)
	if err != nil {
		return nil, err
	}
	packages, err := requiredPackages(ctx, python)
	if err != nil {
		return nil, err
	}
	return &pulumirpc.GetRequiredPackagesResponse{Packages: packages}, nil
}

// GetProgramDependencies lists the project's Python packages.
func (host *languageHost) GetProgramDependencies(
	ctx context.Context, req *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	python, err := toolchainOf(req.Info)
	if err != nil {
		return nil, err
	}
	listed, err := python.ListPackages(ctx, req.TransitiveDependencies)
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, found := range listed {
		response.Dependencies = append(response.Dependencies,
			&pulumirpc.DependencyInfo{Name: found.Name, Version: found.Version})
	}
	return response, nil
}

// About describes the project's Python. The engine asks in every preview and update, so this does not
// run pip, as the SDK's own answer does, to name its version too.
func (host *languageHost) About(
	ctx context.Context, req *pulumirpc.AboutRequest,
) (*pulumirpc.AboutResponse, error) {
	python, err := toolchainOf(req.Info)
	if err != nil {
		return nil, err
	}
	const describe = "import sys; print(sys.executable, sys.version.split()[0], sep='\\n')"
	command, err := python.Command(ctx, "-c", describe)
	if err != nil {
		return nil, err
	}
	output, err := command.Output()
	if err != nil {
		return nil, errutil.ErrorWithStderr(err, "describing the Python of the project failed")
	}
	executable, version, _ := strings.Cut(strings.TrimSpace(string(output)), "\n")
	return &pulumirpc.AboutResponse{Executable: executable, Version: version}, nil
}

// InstallDependencies makes the project's virtual environment and installs what the project needs.
func (host *languageHost) InstallDependencies(
	req *pulumirpc.InstallDependenciesRequest,
	server pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	find := toolchainOf
	if req.IsPlugin {
		find = toolchainOfPlugin
	}
	python, err := find(req.Info)
	if err != nil {
		return err
	}
	streams, stdout, stderr, err := rpcutil.MakeInstallDependenciesStreams(server, req.IsTerminal)
	if err != nil {
		return err
	}
	fmt.Fprint(stdout, "Installing dependencies...\n\n")
	const showOutput = true
	err = python.InstallDependencies(
		server.Context(), req.Info.ProgramDirectory, req.UseLanguageVersionTools, showOutput, stdout, stderr)
	if err == nil {
		fmt.Fprint(stdout, "Finished installing dependencies\n\n")
	}
	return errors.Join(err, streams.Close())
}

// Run runs the program to its end, or until the engine cancels the call or the host.
func (host *languageHost) Run(
	ctx context.Context, req *pulumirpc.RunRequest,
) (*pulumirpc.RunResponse, error) {
	if req.AttachDebugger {
		return nil, errors.New("attaching a debugger needs Pulumi's official Python language host; " +
			"install Pulumi from https://www.pulumi.com/docs/install/")
	}
	python, err := toolchainOf(req.Info)
	if err != nil {
		return nil, err
	}
	if err := python.ValidateVenv(ctx); err != nil {
		return nil, err
	}
	if host.cancelled.Err() != nil {
		return nil, errCancelled
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	context.AfterFunc(host.cancelled, stop)
	return host.runProgram(ctx, python, req)
}

// Cancel stops what runs, and lets nothing more run.
func (host *languageHost) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	host.cancel()
	return &emptypb.Empty{}, nil
}

// toolchainOf returns the Python that a project asks for by `runtime.options` in Pulumi.yaml, or by a
// lock file of uv or poetry.
func toolchainOf(info *pulumirpc.ProgramInfo) (toolchain.Toolchain, error) {
	options, err := optionsOf(info)
	if err != nil {
		return nil, err
	}
	return toolchain.ResolveToolchain(options)
}

// optionsOf returns the `runtime.options` of a project or a plugin.
func optionsOf(info *pulumirpc.ProgramInfo) (toolchain.PythonOptions, error) {
	options := toolchain.PythonOptions{Root: info.RootDirectory, ProgramDir: info.ProgramDirectory}
	for name, value := range info.Options.AsMap() {
		word, isString := value.(string)
		if !isString {
			return options, fmt.Errorf("%s option must be a string", name)
		}
		switch {
		case name == "virtualenv":
			options.Virtualenv = word
		case name == "toolchain" && word == "pip":
			options.Toolchain = toolchain.Pip
		case name == "toolchain" && word == "poetry":
			options.Toolchain = toolchain.Poetry
		case name == "toolchain" && word == "uv":
			options.Toolchain = toolchain.Uv
		case name == "toolchain":
			return options, fmt.Errorf("unsupported toolchain option: %s", word)
		default:
			return options, fmt.Errorf("the runtime option '%s' in Pulumi.yaml needs Pulumi's official Python "+
				"language host; install Pulumi from https://www.pulumi.com/docs/install/", name)
		}
	}
	return options, nil
}
