namespace Koinon.Primitives.Blocks;

/// <summary>What the execution layer asks of the consensus layer, all of one type in a block (EIP-7685).</summary>
/// <param name="Type">0 deposits (EIP-6110), 1 withdrawals (EIP-7002), 2 consolidations (EIP-7251).</param>
/// <param name="Data">The requests of this type, one after another.</param>
public readonly record struct ExecutionRequest(byte Type, ReadOnlyMemory<byte> Data);
