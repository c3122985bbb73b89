using System.Text.Json;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Node.Forking;

/// <summary>Reads the header of a remote block, as far as its fields are known here.</summary>
/// <remarks>
/// Blocks of other chains have fields of their own, or lack some, so that the hash is the remote's word and cannot be
/// made of the header. What a method shows of the block is the remote's JSON as it is.
/// </remarks>
internal static class ForkHeader
{
    /// <summary>Reads a header.</summary>
    /// <param name="block">The block, as <c>eth_getBlockByNumber</c> shows it.</param>
    /// <param name="hash">Its hash.</param>
    /// <exception cref="ForkException">It is no block.</exception>
    public static BlockHeader Read(JsonElement block, out Hash256 hash)
    {
        if (!RemoteJson.TryHash(block, "hash", out hash)
            || RemoteJson.Number(block, "number") is not { } number
            || RemoteJson.Number(block, "timestamp") is not { } timestamp
            || RemoteJson.Number(block, "gasLimit") is not { } gasLimit)
        {
            throw new ForkException("fork: the remote node's block lacks a hash, number, timestamp or gas limit");
        }

        // Fields that came with a fork end with the first that is missing: their encoding has no gaps.
        UInt256? baseFee = Word(block, "baseFeePerGas");
        Hash256? withdrawals = baseFee is null ? null : Hash(block, "withdrawalsRoot");
        ulong? blobGas = withdrawals is null ? null : RemoteJson.Number(block, "blobGasUsed");
        ulong? excess = blobGas is null ? null : RemoteJson.Number(block, "excessBlobGas");
        Hash256? beacon = excess is null ? null : Hash(block, "parentBeaconBlockRoot");
        Hash256? requests = beacon is null ? null : Hash(block, "requestsHash");
        return new BlockHeader
        {
            Number = number,
            Timestamp = timestamp,
            GasLimit = gasLimit,
            GasUsed = RemoteJson.Number(block, "gasUsed") ?? 0,
            ParentHash = Hash(block, "parentHash") ?? Hash256.Zero,
            UnclesHash = Hash(block, "sha3Uncles") ?? BlockHeader.UnclesHashOf([]),
            Beneficiary = Account(block, "miner"),
            StateRoot = Hash(block, "stateRoot") ?? Hash256.Zero,
            TransactionsRoot = Hash(block, "transactionsRoot") ?? Hash256.Zero,
            ReceiptsRoot = Hash(block, "receiptsRoot") ?? Hash256.Zero,
            Difficulty = Word(block, "difficulty") ?? UInt256.Zero,
            MixHash = Hash(block, "mixHash") ?? Hash256.Zero,
            BaseFeePerGas = baseFee,
            WithdrawalsRoot = withdrawals,
            BlobGasUsed = blobGas,
            ExcessBlobGas = excess,
            ParentBeaconBlockRoot = beacon,
            RequestsHash = requests,
        };
    }

    private static UInt256? Word(JsonElement block, string name) =>
        RemoteJson.TryWord(block, name, out UInt256 value) ? value : null;

    private static Hash256? Hash(JsonElement block, string name) =>
        RemoteJson.TryHash(block, name, out Hash256 value) ? value : null;

    private static Address Account(JsonElement block, string name) =>
        block.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.String
        && Address.TryParse(member.GetString(), out Address address)
            ? address
            : Address.Zero;
}
