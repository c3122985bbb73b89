using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Koinon.Cli;

/// <summary>Sends traces to a collector (OpenTelemetry).</summary>
internal sealed class Tracing : IDisposable
{
    /// <summary>Every source of our spans has a name that begins so.</summary>
    private const string Sources = "Koinon.*";

    /// <summary>
    /// The source of the spans of HTTP: ours are their children, and a child is sent where its parent is.
    /// </summary>
    private const string HttpSource = "Microsoft.AspNetCore";

    /// <summary>Where a collector takes traces over HTTP.</summary>
    private const string HttpPath = "/v1/traces";

    /// <summary>How long what is left may take at the end: the program stops within five seconds.</summary>
    private const int LastMilliseconds = 1_000;

    private readonly TracerProvider _provider;

    private Tracing(TracerProvider provider) => _provider = provider;

    /// <summary>Begins to send.</summary>
    /// <param name="endpoint">The collector.</param>
    /// <param name="isHttp">Whether it is spoken to by HTTP, and not by gRPC.</param>
    /// <param name="logging">Told where it cannot be reached.</param>
    /// <returns>Sends what is left, and ends, when disposed.</returns>
    public static Tracing Start(Uri endpoint, bool isHttp, ILoggerFactory logging)
    {
        ILogger logger = logging.CreateLogger<TraceDelivery>();
        return new Tracing(Sdk.CreateTracerProviderBuilder()
            .AddSource(Sources, HttpSource)
            .ConfigureResource(static resource => resource.AddService("koinon", serviceVersion: ProgramVersion.Client))
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = isHttp && endpoint.AbsolutePath == "/" ? new Uri(endpoint, HttpPath) : endpoint;
                exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
                exporter.HttpClientFactory = () => new HttpClient(new TraceDelivery(logger))
                {
                    Timeout = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds),
                };
            })
            .Build());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Shutdown(LastMilliseconds);
        _provider.Dispose();
    }
}
