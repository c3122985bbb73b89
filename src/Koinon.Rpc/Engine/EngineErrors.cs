using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Engine;

/// <summary>The errors of the Engine API, with the codes and messages that its documents give them.</summary>
internal static class EngineErrors
{
    /// <summary>No build process has the id.</summary>
    public static RpcError UnknownPayload { get; } = new(-38001, "Unknown payload");

    /// <summary>Safe or finalized do not belong to the chain of the head.</summary>
    public static RpcError InvalidForkchoiceState { get; } = new(-38002, "Invalid forkchoice state");

    /// <summary>A block of these attributes cannot follow the head.</summary>
    public static RpcError InvalidPayloadAttributes { get; } = new(-38003, "Invalid payload attributes");

    /// <summary>More items are asked for than are served at once.</summary>
    public static RpcError TooLargeRequest { get; } = new(-38004, "Too large request");

    /// <summary>The method is not for the fork of the payload.</summary>
    public static RpcError UnsupportedFork { get; } = new(-38005, "Unsupported fork");

    /// <summary>The branch leaves the chain below the oldest state that is kept.</summary>
    public static RpcError TooDeepReorg { get; } = new(-38006, "Too deep reorg");
}
