package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
)

// The official host runs no plugin in the Python that happens to be on PATH.
const pluginVenv = "venv"

// RunPlugin runs a plugin that is written in Python until it ends, or until the engine cancels the call
// or the host, and says how it ended.
func (host *languageHost) RunPlugin(
	req *pulumirpc.RunPluginRequest, server pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	python, err := toolchainOfPlugin(req.Info)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(server.Context())
	defer stop()
	context.AfterFunc(host.cancelled, stop)
	plugin, err := pluginCommand(ctx, python, req)
	if err != nil {
		return err
	}
	plugin.Cancel = func() error { return plugin.Process.Signal(os.Interrupt) }
	plugin.WaitDelay = interruptGrace
	streams, stdout, stderr, err := rpcutil.MakeRunPluginStreams(server, false)
	if err != nil {
		return err
	}
	defer streams.Close()
	plugin.Dir = req.Pwd
	plugin.Env = append(plugin.Environ(), req.Env...)
	plugin.Stdout, plugin.Stderr = stdout, stderr
	err = plugin.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code := &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(exit.ExitCode())}
		return server.Send(&pulumirpc.RunPluginResponse{Output: code})
	}
	if err != nil {
		return fmt.Errorf("the plugin could not be run: %w", err)
	}
	return nil
}

// pluginCommand returns what the official host runs: the `__main__.py` of the plugin's folder, or else
// the package that the folder builds.
func pluginCommand(
	ctx context.Context, python toolchain.Toolchain, req *pulumirpc.RunPluginRequest,
) (*exec.Cmd, error) {
	folder := req.Info.ProgramDirectory
	if _, err := os.Stat(filepath.Join(folder, "__main__.py")); err == nil {
		return python.Command(ctx, append([]string{folder}, req.Args...)...)
	}
	buildable, err := toolchain.IsBuildablePackage(folder)
	if err != nil {
		return nil, err
	}
	if !buildable {
		return nil, errors.New(
			"plugin is not runnable, it provides neither __main__.py nor a buildable pyproject.toml")
	}
	described, err := toolchain.LoadPyproject(folder)
	if err != nil {
		return nil, err
	}
	return python.ModuleCommand(
		ctx, "pulumi.run.plugin", append([]string{described.Project.Name}, req.Args...)...)
}

// toolchainOfPlugin returns the Python of a plugin, by default a virtual environment in its folder.
func toolchainOfPlugin(info *pulumirpc.ProgramInfo) (toolchain.Toolchain, error) {
	options, err := optionsOf(info)
	if err != nil {
		return nil, err
	}
	byPip := options.Toolchain == toolchain.Auto || options.Toolchain == toolchain.Pip
	if byPip && options.Virtualenv == "" {
		options.Virtualenv = pluginVenv
	}
	return toolchain.ResolveToolchain(options)
}
