package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
)

const (
	// pulumi-language-python-exec exits so when the engine has already shown the program's error.
	errorAlreadyShown = 32
	// A program that does not end so long after it was interrupted is killed.
	interruptGrace = 5 * time.Second
)

// runProgram runs pulumi-language-python-exec, the script of Pulumi's SDK that connects to the engine
// and runs the program's entry point, and says how it ended in the official host's words.
//
// Its output goes straight to this host's stdout and stderr, which the engine shows. The program is
// interrupted when the context is done.
func (host *languageHost) runProgram(
	ctx context.Context, python toolchain.Toolchain, req *pulumirpc.RunRequest,
) (*pulumirpc.RunResponse, error) {
	program, err := python.Command(ctx, append([]string{host.executor}, host.arguments(req)...)...)
	if err != nil {
		return nil, err
	}
	program.Cancel = func() error { return program.Process.Signal(os.Interrupt) }
	program.WaitDelay = interruptGrace
	program.Stdout = os.Stdout
	program.Stderr = os.Stderr
	configuration, err := configurationOf(req)
	if err != nil {
		return nil, err
	}
	program.Env = append(program.Environ(), configuration...)
	err = program.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case !errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program could not be run: %v", err)}, nil
	case exit.ExitCode() == errorAlreadyShown:
		return &pulumirpc.RunResponse{Bail: true}, nil
	case exit.Exited():
		code := exit.ExitCode()
		return &pulumirpc.RunResponse{
			Error: fmt.Sprintf("program exited with non-zero exit code: %d", code),
		}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("program exited unexpectedly: %v", exit)}, nil
	}
}

// arguments returns those of pulumi-language-python-exec, leaving out what has no value.
func (host *languageHost) arguments(req *pulumirpc.RunRequest) []string {
	var arguments []string
	give := func(name, value string) {
		if value != "" {
			arguments = append(arguments, "--"+name, value)
		}
	}
	give("monitor", req.MonitorAddress)
	give("engine", host.engine)
	give("project", req.Project)
	give("root_directory", req.Info.RootDirectory)
	give("stack", req.Stack)
	give("pwd", req.Pwd)
	give("dry_run", strconv.FormatBool(req.DryRun))
	give("parallel", strconv.Itoa(int(req.Parallel)))
	give("organization", req.Organization)
	return append(append(arguments, req.Info.EntryPoint), req.Args...)
}

// configurationOf returns the stack's configuration as the variables that Pulumi's SDK reads.
func configurationOf(req *pulumirpc.RunRequest) ([]string, error) {
	values, err := json.Marshal(req.Config)
	if err != nil {
		return nil, err
	}
	secretKeys, err := json.Marshal(append([]string{}, req.ConfigSecretKeys...))
	if err != nil {
		return nil, err
	}
	variables := []string{"PULUMI_CONFIG_SECRET_KEYS=" + string(secretKeys)}
	if req.Config != nil {
		variables = append(variables, "PULUMI_CONFIG="+string(values))
	}
	return variables, nil
}
