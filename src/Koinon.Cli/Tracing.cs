using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Koinon.Cli;

/// <summary>Sends traces to a collector (OpenTelemetry).</summary>
internal static class Tracing
{
    /// <summary>Every source of traces has a name that begins so.</summary>
    private const string Sources = "Koinon.*";

    /// <summary>Begins to send.</summary>
    /// <param name="endpoint">The collector.</param>
    /// <returns>Sends what is left, and ends, when disposed.</returns>
    public static IDisposable Start(Uri endpoint) => Sdk.CreateTracerProviderBuilder()
        .AddSource(Sources)
        .ConfigureResource(static resource => resource.AddService("koinon", serviceVersion: ProgramVersion.Client))
        .AddOtlpExporter(exporter => exporter.Endpoint = endpoint)
        .Build();
}
