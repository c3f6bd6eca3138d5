// Command pulumi-language-yaml is the language host of Pulumi's YAML, as later releases have it.
//
// The module of the newest release is not to be had everywhere. This command takes the host of an
// older one and changes two things as later releases did: it links packages, and the engine loads the
// schemas of providers (pulumi/pulumi-yaml, pkg/server). The module has a go.mod of its own because it
// is written for an older Pulumi than the CLI.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/pulumi/pulumi-yaml/pkg/server"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/cmdutil"
	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// How often the host asks whether its engine lives, as in pulumi-yaml.
const healthCheck = 5 * time.Minute

// A linkingHost is the host of the module, and links packages.
type linkingHost struct {
	pulumirpc.LanguageRuntimeServer
}

// Link enters a package into a program. In YAML there is nothing to enter, but without an answer
// `pulumi package add` fails.
func (linkingHost) Link(context.Context, *pulumirpc.LinkRequest) (*pulumirpc.LinkResponse, error) {
	return &pulumirpc.LinkResponse{}, nil
}

// The engine runs `pulumi-language-yaml [flags] <engine address>` and reads one line with the port.
func main() {
	tracing := flag.String("tracing", "", "where to send traces")
	// The engine may pass them.
	flag.String("root", "", "ignored")
	flag.String("compiler", "", "ignored")
	flag.Parse()
	cmdutil.InitTracing("pulumi-language-yaml", "pulumi-language-yaml", *tracing)
	if err := serve(flag.Arg(0), *tracing); err != nil {
		cmdutil.Exit(err)
	}
}

// serve answers on a free loopback port until the process is interrupted or the engine is gone.
func serve(engine, tracing string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	cancel := make(chan bool)
	context.AfterFunc(ctx, func() { close(cancel) })
	if engine != "" {
		if err := rpcutil.Healthcheck(ctx, engine, healthCheck, stop); err != nil {
			return fmt.Errorf("could not watch the engine: %w", err)
		}
	}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(srv *grpc.Server) error {
			const engineLoadsSchemas = true
			host := server.NewLanguageHost(engine, tracing, engineLoadsSchemas)
			pulumirpc.RegisterLanguageRuntimeServer(srv, linkingHost{host})
			return nil
		},
	})
	if err != nil {
		return fmt.Errorf("could not start the language host: %w", err)
	}
	fmt.Println(handle.Port)
	return <-handle.Done
}
