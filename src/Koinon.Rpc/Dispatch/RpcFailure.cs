using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.Rpc.Dispatch;

/// <summary>What the failures mean to a caller that are nobody's defect.</summary>
internal static class RpcFailure
{
    /// <summary>The error that stands for a failure; <see langword="null"/> where it is a defect.</summary>
    /// <param name="reason">The failure.</param>
    public static RpcError? ErrorOf(Exception reason) => reason switch
    {
        // The world's fault: its text says what to do about it.
        StoreException refused => RpcError.Server(refused.Message),

        // A block was taken back while its state was asked for a root or a proof.
        StateUnavailableException gone => RpcError.Server($"missing state: {gone.Message}"),

        // The call's own time was up; a caller that has gone is answered nothing.
        OperationCanceledException => new RpcError(RpcErrorCode.Timeout, "request timed out"),
        _ => null,
    };
}
