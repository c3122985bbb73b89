using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Fixtures.Formats.BlockchainTests;

/// <summary>Reads a header out of its fields, for the tests whose genesis has no bytes.</summary>
internal static class HeaderReader
{
    /// <summary>Reads a header.</summary>
    internal static BlockHeader Read(JsonElement header) => new()
    {
        ParentHash = header.Hash("parentHash"),
        UnclesHash = header.Hash("uncleHash"),
        Beneficiary = header.Address("coinbase"),
        StateRoot = header.Hash("stateRoot"),
        TransactionsRoot = header.Hash("transactionsTrie"),
        ReceiptsRoot = header.Hash("receiptTrie"),
        LogsBloom = new Bloom(header.Bytes("bloom")),
        Difficulty = header.Word("difficulty"),
        Number = header.Number("number"),
        GasLimit = header.Number("gasLimit"),
        GasUsed = header.Number("gasUsed"),
        Timestamp = header.Number("timestamp"),
        ExtraData = header.Bytes("extraData"),
        MixHash = header.Hash("mixHash"),
        Nonce = header.Number("nonce"),
        BaseFeePerGas = header.TryField("baseFeePerGas", out JsonElement fee) ? fee.Word() : null,
        WithdrawalsRoot = HashOf(header, "withdrawalsRoot"),
        BlobGasUsed = NumberOf(header, "blobGasUsed"),
        ExcessBlobGas = NumberOf(header, "excessBlobGas"),
        ParentBeaconBlockRoot = HashOf(header, "parentBeaconBlockRoot"),
        RequestsHash = HashOf(header, "requestsHash"),
    };

    private static Hash256? HashOf(JsonElement header, string name) =>
        header.TryField(name, out JsonElement value) ? value.Hash() : null;

    private static ulong? NumberOf(JsonElement header, string name) =>
        header.TryField(name, out JsonElement value) ? value.Number() : null;
}
