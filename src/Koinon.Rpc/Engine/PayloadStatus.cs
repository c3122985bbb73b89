using Koinon.Primitives;

namespace Koinon.Rpc.Engine;

/// <summary>What a payload is worth.</summary>
/// <param name="Status">One of the words below.</param>
/// <param name="LatestValidHash">The last valid block of its branch, where that is known.</param>
/// <param name="ValidationError">Why it is not valid.</param>
public sealed record PayloadStatus(string Status, Hash256? LatestValidHash, string? ValidationError)
{
    internal const string ValidWord = "VALID";
    internal const string InvalidWord = "INVALID";

    /// <summary>A block before it is missing.</summary>
    public static PayloadStatus Syncing { get; } = new("SYNCING", null, null);

    /// <summary>It is well formed, on another branch, and was not executed.</summary>
    public static PayloadStatus Accepted { get; } = new("ACCEPTED", null, null);

    /// <summary>It was executed, and all is right.</summary>
    public static PayloadStatus Valid(in Hash256 hash) => new(ValidWord, hash, null);

    /// <summary>Something is wrong with it.</summary>
    public static PayloadStatus Invalid(Hash256? latestValid, string error) => new(InvalidWord, latestValid, error);
}
