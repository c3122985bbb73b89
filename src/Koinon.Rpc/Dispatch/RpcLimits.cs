namespace Koinon.Rpc.Dispatch;

/// <summary>What a caller may ask at once.</summary>
public sealed record RpcLimits
{
    /// <summary>Longest body of a request, in bytes; a blob transaction of six blobs takes 1.6 MB.</summary>
    public int BodyBytesMax { get; init; } = 5 * 1024 * 1024;

    /// <summary>Most requests in a batch.</summary>
    public int BatchItemsMax { get; init; } = 1000;

    /// <summary>Longest answer, a batch's answers together, in bytes.</summary>
    public int ResponseBytesMax { get; init; } = 25 * 1000 * 1000;

    /// <summary>Deepest nesting of a request's JSON.</summary>
    public int DepthMax { get; init; } = 32;
}
