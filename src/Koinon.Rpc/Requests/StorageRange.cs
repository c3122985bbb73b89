using Koinon.Primitives;

namespace Koinon.Rpc.Requests;

/// <summary>Which slots a caller asks for (<c>debug_storageRangeAt</c>).</summary>
/// <param name="Block">The block.</param>
/// <param name="Index">The transaction before which the slots are wanted.</param>
/// <param name="Address">Whose they are.</param>
/// <param name="Start">The hash from which they are shown, or its beginning.</param>
/// <param name="Count">How many are wanted.</param>
public sealed record StorageRange(
    BlockReference Block, ulong Index, Address Address, ReadOnlyMemory<byte> Start, ulong Count);
