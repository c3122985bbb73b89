using System.Net;
using Koinon.Node.Metrics;
using Koinon.Rpc.Connections;
using Microsoft.AspNetCore.Http;

namespace Koinon.Node.Hosting;

/// <summary>Where and to whom JSON-RPC is served.</summary>
public sealed record RpcServerOptions
{
    /// <summary>Where to listen for HTTP and WebSocket; port 0 takes any free one.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; init; } = [new(IPAddress.Loopback, 8545)];

    /// <summary>The path of the Unix socket; none where it is left out.</summary>
    public string? IpcPath { get; init; }

    /// <summary>
    /// Pages that may ask, besides those of this machine and browsers' extensions; <c>*</c> stands for all.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether browsers are told that pages may read the answers (CORS).</summary>
    public bool AnnouncesOrigins { get; init; } = true;

    /// <summary>
    /// Names by which it may be addressed, besides addresses and <c>localhost</c>; <c>*</c> stands for all.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Most connections at once, of HTTP and WebSocket together, and as many over IPC.</summary>
    /// <remarks>Test suites have thousands: libraries poll for the receipt of each transaction they sent.</remarks>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>How long connections that stay are waited for.</summary>
    public ConversationOptions Conversations { get; init; } = new();

    /// <summary>
    /// Why a request may not be made, asked first of all (a token that is missing); nothing is refused where it is
    /// left out.
    /// </summary>
    public Func<HttpRequest, string?>? Authorise { get; init; }

    /// <summary>Why the node cannot serve yet, for <c>/health/ready</c>; it always can where it is left out.</summary>
    public Func<string?>? Unready { get; init; }

    /// <summary>The namespaces that are served; all where it is left out.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>Whether the chain is measured and <c>/metrics</c> served.</summary>
    public bool ServesMetrics { get; init; } = true;

    /// <summary>What <c>/metrics</c> shows; the page is not served where it is left out.</summary>
    internal PrometheusExporter? Metrics { get; init; }
}
