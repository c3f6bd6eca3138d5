// Command pulumi-language-python stands in for Pulumi's Python language host, on machines where the
// official one cannot be had.
//
// The official host is a Go program that is published neither as a Go module nor in a registry. What
// it does with virtual environments, pip, poetry and uv is published, in Pulumi's Go SDK, and is used
// here; what remains is the part of the service pulumirpc.LanguageRuntime that installs, previews,
// updates and describes a Python project (pulumi/pulumi, sdk/python/cmd/pulumi-language-python).
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/cmdutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// How long a language host may outlive its engine.
const orphanCheck = 2 * time.Second

// The engine runs `pulumi-language-python [flags] <engine address>`, reads one line with the port, and
// shows what follows on stdout and stderr as the output of the program.
func main() {
	showVersion := flag.Bool("version", false, "print the version")
	executor := flag.String("use-executor", "", "path of pulumi-language-python-exec")
	// The engine may pass it, and -logtostderr and -v, which Pulumi's logging declares.
	flag.String("tracing", "", "ignored")
	flag.Parse()
	if *showVersion {
		fmt.Println(version.Version)
		return
	}
	if *executor == "" {
		*executor = executorBeside()
	}
	stopped, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go stopWithEngine(stop)
	host := newLanguageHost(*executor, flag.Arg(0))
	if err := serve(stopped, host); err != nil {
		cmdutil.Exit(err)
	}
}

// The official installation and ours have the script beside the language host.
func executorBeside() string {
	self, err := os.Executable()
	if err != nil {
		cmdutil.Exit(fmt.Errorf("could not find the folder of the language host: %w", err))
	}
	return filepath.Join(filepath.Dir(self), "pulumi-language-python-exec")
}

// stopWithEngine calls stop when the engine that started this process has died.
func stopWithEngine(stop context.CancelFunc) {
	engine := os.Getppid()
	for range time.Tick(orphanCheck) {
		if os.Getppid() != engine {
			stop()
			return
		}
	}
}

// serve answers on a free loopback port until the context is done; then it stops the programs that run
// and ends when the calls that wait for them have been answered.
func serve(ctx context.Context, host *languageHost) error {
	cancel := make(chan bool)
	context.AfterFunc(ctx, func() {
		host.cancel()
		close(cancel)
	})
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, host)
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("could not start the language host: %w", err)
	}
	fmt.Println(handle.Port)
	return <-handle.Done
}
