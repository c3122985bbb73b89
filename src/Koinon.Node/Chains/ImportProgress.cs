namespace Koinon.Node.Chains;

/// <summary>How far an import is.</summary>
/// <param name="Number">The newest block.</param>
/// <param name="Blocks">Blocks taken in, those known before not counted.</param>
/// <param name="Known">Blocks that were known before.</param>
/// <param name="Gas">The gas of those taken in.</param>
/// <param name="BytesRead">How much of the file was read.</param>
/// <param name="BytesTotal">How long the file is.</param>
public readonly record struct ImportProgress(
    ulong Number, long Blocks, long Known, ulong Gas, long BytesRead, long BytesTotal);
