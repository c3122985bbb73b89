namespace Koinon.Rpc.Requests;

/// <summary>Which accounts a caller asks for (<c>debug_accountRange</c>).</summary>
/// <param name="Block">The block after which they are wanted.</param>
/// <param name="Start">The hash of an address from which they are shown, or its beginning.</param>
/// <param name="Count">How many are wanted; as many as may be for 0.</param>
/// <param name="LeavesCodeOut">Whether code is left out.</param>
/// <param name="LeavesStorageOut">Whether slots are left out.</param>
public sealed record AccountRange(
    BlockReference Block, ReadOnlyMemory<byte> Start, ulong Count, bool LeavesCodeOut, bool LeavesStorageOut);
