using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Fixtures.Exceptions;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Fixtures.Formats.BlockchainTests;

/// <summary>One block of a blockchain test.</summary>
internal static class BlockchainTestBlock
{
    private const string ExceptionField = "expectException";

    /// <summary>Imports the block and judges what came of it.</summary>
    /// <param name="ledger">The chain so far.</param>
    /// <param name="block">The block as the file has it.</param>
    /// <param name="network">The test's network: older tests state a refusal for each.</param>
    /// <param name="trace">Where EIP-3155 lines go.</param>
    /// <param name="gas">The gas of a valid block is added to it.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal static string? Run(Ledger ledger, JsonElement block, string network, TraceOutput? trace, ref ulong gas)
    {
        byte[] rlp = block.Bytes("rlp");
        if (trace is not null) BlockTrace.Write(ledger, rlp, trace);
        BlockImport import = ledger.Import(rlp);
        if (import.Error != BlockError.None) return JudgeRefusal(import, rlp, block, network);

        LedgerBlock imported = import.Block!;
        gas += imported.Header.GasUsed;
        if (ExpectedExceptionOf(block, network) is { } expected) return ExceptionNames.Compare(expected, default);
        if (!block.TryField("blockHeader", out JsonElement header))
        {
            return "accepted\nexpected a refusal\nactual   accepted";
        }

        Hash256 hash = header.Hash("hash");
        if (imported.Hash != hash) return $"hash differs\nexpected {hash}\nactual   {imported.Hash}";
        if (imported.Rules.Rules.IsMerged)
        {
            HeadError error = ledger.SetHead(imported.Hash, Hash256.Zero, Hash256.Zero);
            if (error != HeadError.None) return $"it cannot become the head: {error}";
        }

        // The newer fill's "receipts" are not compared: those of the benchmarks say that each transaction succeeded,
        // against their own header's root. That root judges the receipts.
        return null;
    }

    private static string? JudgeRefusal(in BlockImport import, byte[] rlp, JsonElement block, string network)
    {
        Block.TryDecode(rlp, out _, out BlockDecodeError decoding);
        Refusal refusal = Refusal.Of(import.Verdict, decoding);
        if (ExpectedExceptionOf(block, network) is { } expected) return ExceptionNames.Compare(expected, refusal);

        // The oldest tests mark a block that must be refused only by leaving out what it decodes to.
        return block.Has("blockHeader") ? $"refused\nexpected accepted\nactual   {refusal}" : null;
    }

    // Older tests name the refusal for all networks, or for each by itself.
    private static string? ExpectedExceptionOf(JsonElement block, string network) =>
        block.TryField(ExceptionField, out JsonElement name)
        || block.TryField(ExceptionField + "ALL", out name)
        || block.TryField(ExceptionField + network, out name)
            ? name.Text()
            : null;
}
