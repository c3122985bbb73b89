namespace Koinon.Rpc.Engine;

/// <summary>Attributes as they came.</summary>
/// <param name="Attributes">What could be read of them.</param>
/// <param name="IsWhole">Whether nothing is missing or malformed.</param>
internal sealed record JudgedAttributes(PayloadAttributes Attributes, bool IsWhole);
