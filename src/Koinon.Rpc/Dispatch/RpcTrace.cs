using System.Diagnostics;
using System.Globalization;

namespace Koinon.Rpc.Dispatch;

/// <summary>The span of a request, with OpenTelemetry's names for what JSON-RPC has.</summary>
internal static class RpcTrace
{
    /// <summary>The name of the source of spans.</summary>
    public const string SourceName = "Koinon.Rpc";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether anybody receives the traces.</summary>
    public static bool IsReceived => Source.HasListeners();

    /// <summary>Begins a span; there is none where nobody collects them.</summary>
    public static Activity? Start(RpcMethod method) =>
        Source.HasListeners() ? Begin(method.Name) : null;

    /// <summary>Ends a span with what was answered.</summary>
    public static void End(Activity? activity, in RpcAnswer answer)
    {
        if (activity is null)
        {
            return;
        }

        if (answer.Error is { } error)
        {
            activity.SetTag("rpc.jsonrpc.error_code", error.Code.ToString(CultureInfo.InvariantCulture));
            activity.SetTag("rpc.jsonrpc.error_message", error.Message);
            activity.SetStatus(ActivityStatusCode.Error, error.Message);
        }

        activity.Dispose();
    }

    private static Activity? Begin(string method)
    {
        Activity? activity = Source.StartActivity(method, ActivityKind.Server);
        activity?.SetTag("rpc.system", "jsonrpc");
        activity?.SetTag("rpc.method", method);
        activity?.SetTag("rpc.jsonrpc.version", "2.0");
        return activity;
    }
}
