using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Where calls run: after a block, or inside it.</summary>
/// <param name="Block">The block.</param>
/// <param name="TransactionIndex">Before which of its transactions; <see langword="null"/> for after all.</param>
public readonly record struct CallPlace(BlockReference Block, ulong? TransactionIndex);
