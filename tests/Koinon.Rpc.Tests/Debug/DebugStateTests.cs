using System.Text.Json;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Evm.Instructions;
using Koinon.Evm.Tests.Language;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Tests.Tracing;
using static Koinon.Evm.Tests.Language.Bytecode;
using static Koinon.Rpc.Tests.Tracing.Programs;

namespace Koinon.Rpc.Tests.Debug;

public sealed class DebugStateTests
{
    // Slots 2, 3 and 4 beside the genesis' slot 1.
    private static readonly Bytecode Writer = Store(2u, 20u) + Store(3u, 30u) + Store(4u, 40u) + Opcode.Stop;

    [Fact]
    public async Task StorageRange_InPages_IsTheWholeStorageInTheOrderOfHashes()
    {
        using TraceChain chain = new(Writer, Opcode.Stop);
        chain.Mine(TraceChain.First);
        LedgerTransaction later = chain.Mine(TraceChain.Second);
        List<string> keys = [];
        List<string> hashes = [];
        string? next = "0x";
        while (next is not null)
        {
            JsonElement page = await chain.AskAsync(
                "debug_storageRangeAt", $"""["{later.Block.Hash}",0,"{TraceChain.FirstText}","{next}",3]""");
            foreach (JsonProperty slot in page.GetProperty("storage").EnumerateObject())
            {
                hashes.Add(slot.Name);
                keys.Add(slot.Value.GetProperty("key").GetString()![^1..] + "="
                    + slot.Value.GetProperty("value").GetString()![^2..]);
            }

            next = page.GetProperty("nextKey").GetString();
        }

        Assert.Equal(["1=07", "2=14", "3=1e", "4=28"], keys.Order());
        Assert.Equal(hashes.Order(StringComparer.Ordinal), hashes);
    }

    [Fact]
    public async Task StorageRange_BeforeATransaction_LacksWhatItWrites()
    {
        using TraceChain chain = new(Writer);
        (Address?, ulong, byte[], UInt256) call = (TraceChain.First, 200_000, [], default);
        LedgerTransaction mined = chain.Mine(call, call)[0];
        foreach ((int index, int count) in new[] { (0, 1), (1, 4) })
        {
            JsonElement page = await chain.AskAsync(
                "debug_storageRangeAt",
                $"""["{mined.Block.Hash}",{index},"{TraceChain.FirstText}","0x00",100]""");
            Assert.Equal(count, page.GetProperty("storage").EnumerateObject().Count());
            Assert.Equal("null", page.GetProperty("nextKey").GetRawText());
        }

        (int code, string message) = await chain.RefuseAsync(
            "debug_storageRangeAt", $"""["{mined.Block.Hash}",2,"{TraceChain.FirstText}","0x00",100]""");
        Assert.Equal(-32000, code);
        Assert.StartsWith("transaction index 2 out of range", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetHead_GoesBack()
    {
        using TraceChain chain = new(Opcode.Stop);
        Hash256 kept = chain.Mine(TraceChain.First).Block.Hash;
        chain.Mine(TraceChain.First);
        chain.Mine(TraceChain.First);
        await chain.ShouldAnswerAsync("debug_setHead", """["0x1"]""", "null");
        Assert.Equal(kept, chain.Ledger.Head.Hash);
        (int code, string message) = await chain.RefuseAsync("debug_setHead", """["0x2"]""");
        Assert.Equal(-32000, code);
        Assert.Equal("block #2 not found: the head is #1", message);
    }

    [Fact]
    public async Task IntermediateRoots_EndAtTheHeadersRoot()
    {
        using TraceChain chain = new(Writer);
        (Address?, ulong, byte[], UInt256) call = (TraceChain.First, 200_000, [], default);
        LedgerBlock block = chain.Mine(call, call)[0].Block;
        JsonElement roots = await chain.AskAsync("debug_intermediateRoots", $"""["{block.Hash}"]""");
        Assert.Equal(2, roots.GetArrayLength());
        Assert.Equal(block.Header.StateRoot.ToString(), roots[1].GetString());
    }

    [Fact]
    public async Task Accounts_InPages_AreTheWholeState()
    {
        using TraceChain chain = new(Writer, Opcode.Stop);
        chain.Mine(TraceChain.First);
        JsonElement dump = await chain.AskAsync("debug_dumpBlock", """["latest"]""");
        List<string> all = [.. dump.GetProperty("accounts").EnumerateObject().Select(static one => one.Name)];
        JsonElement first = dump.GetProperty("accounts").GetProperty(TraceChain.FirstText);
        Assert.Equal(4, first.GetProperty("storage").EnumerateObject().Count());
        Assert.Equal("1000", first.GetProperty("balance").GetString());
        List<string> paged = [];
        string next = "0x";
        while (next.Length > 0)
        {
            JsonElement page = await chain.AskAsync("debug_accountRange", $"""["latest","{next}",2,true,true]""");
            paged.AddRange(page.GetProperty("accounts").EnumerateObject().Select(static one => one.Name));
            next = page.TryGetProperty("next", out JsonElement hash) ? Hex.Encode(hash.GetBytesFromBase64()) : "";
        }

        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task ModifiedAccounts_OfBlocks_AreNamed()
    {
        using TraceChain chain = new(Call(TraceChain.Second, value: 1), Opcode.Stop, Opcode.Stop);
        Hash256 first = chain.Mine(TraceChain.First).Block.Hash;
        Hash256 second = chain.Mine(TraceChain.Third, value: 2u).Block.Hash;
        string one = $"""["{TraceChain.FirstText}","{TraceChain.SecondText}","{TraceChain.SenderText}"]""";
        await chain.ShouldAnswerAsync("debug_getModifiedAccountsByNumber", "[1]", one);
        await chain.ShouldAnswerAsync("debug_getModifiedAccountsByHash", $"""["{first}"]""", one);
        string two = $"""["{TraceChain.ThirdText}","{TraceChain.SenderText}"]""";
        await chain.ShouldAnswerAsync("debug_getModifiedAccountsByNumber", "[1,2]", two);
        await chain.ShouldAnswerAsync("debug_getModifiedAccountsByHash", $"""["{first}","{second}"]""", two);
        (int code, _) = await chain.RefuseAsync("debug_getModifiedAccountsByNumber", "[2,1]");
        Assert.Equal(-32000, code);
    }

    [Fact]
    public async Task Code_IsFoundByItsHash()
    {
        using TraceChain chain = new(Writer);
        await chain.ShouldAnswerAsync(
            "debug_codeByHash", $"""["{Hash256.Keccak(Writer.Bytes)}"]""", $"\"{Hex.Encode(Writer.Bytes)}\"");
        await chain.ShouldAnswerAsync("debug_codeByHash", $"""["{Hash256.Keccak([1])}"]""", "\"0x\"");
        await chain.ShouldAnswerAsync(
            "debug_dbGet", $"""["0x63{Hash256.Keccak(Writer.Bytes).ToString()[2..]}"]""",
            $"\"{Hex.Encode(Writer.Bytes)}\"");
        Assert.Equal(
            (-32000, "not found"),
            await chain.RefuseAsync("debug_dbGet", $"""["0x63{Hash256.Keccak([1]).ToString()[2..]}"]"""));
        Assert.Equal(-32602, (await chain.RefuseAsync("debug_dbGet", """["LastBlock"]""")).Code);
        await chain.ShouldAnswerAsync("debug_clearTxpool", "[]", "null");
    }

    [Fact]
    public async Task Preimages_AreThoseOfAddressesAndSlots()
    {
        using TraceChain chain = new(Writer);
        chain.Mine(TraceChain.First);
        Hash256 address = Hash256.Keccak(Address.AsSpan(in TraceChain.First));
        await chain.ShouldAnswerAsync("debug_preimage", $"""["{address}"]""", $"\"{TraceChain.FirstText}\"");
        Hash256 slot = Hash256.FromWord(3u);
        await chain.ShouldAnswerAsync(
            "debug_preimage", $"""["{Hash256.Keccak(Hash256.AsSpan(in slot))}"]""", $"\"{slot}\"");
        Assert.Equal(
            (-32000, "unknown preimage"),
            await chain.RefuseAsync("debug_preimage", $"""["{Hash256.Keccak([1])}"]"""));
    }

    [Fact]
    public async Task AccountInfo_InsideABlock_IsThatAfterTheTransaction()
    {
        using TraceChain chain = new(Opcode.Stop);
        (Address?, ulong, byte[], UInt256) pay = (TraceChain.First, 200_000, [], 5u);
        LedgerBlock block = chain.Mine(pay, pay)[0].Block;
        foreach ((int index, int balance) in new[] { (0, 1_005), (1, 1_010) })
        {
            await chain.ShouldAnswerAsync(
                "debug_accountInfoAt",
                $"""["{block.Hash}",{index},"{TraceChain.FirstText}"]""",
                $$"""{"nonce":"0x1","balance":"0x{{balance:x}}","code":"0x00"}""");
        }

        await chain.ShouldAnswerAsync(
            "debug_accountInfoAt", $"""["0x1","0x0","0x{new string('9', 40)}"]""", "null");
        (int code, string message) = await chain.RefuseAsync(
            "debug_accountInfoAt", $"""["0x1","0x2","{TraceChain.FirstText}"]""");
        Assert.Equal(-32000, code);
        Assert.Equal($"transaction index 2 out of range: block {block.Hash} has 2", message);
    }

    [Fact]
    public async Task BadBlocks_AreTheLastThatWereRefused()
    {
        using TraceChain chain = new(Writer);
        await chain.ShouldAnswerAsync("debug_getBadBlocks", "[]", "[]");
        LedgerBlock known = chain.Mine(TraceChain.First).Block;
        Block good = known.Block;
        for (ulong wrong = 1; wrong <= 12; wrong++)
        {
            HeaderDraft draft = HeaderDraft.Of(good.Header);
            draft.GasUsed += wrong;
            BlockHeader header = draft.ToHeader();
            Block bad = new() { Header = header, Transactions = good.Transactions, Withdrawals = good.Withdrawals };
            Assert.Equal(BlockError.GasUsedWrong, chain.Ledger.Import(bad).Error);
            Assert.Equal(BlockError.GasUsedWrong, chain.Ledger.Import(bad).Error);
        }

        JsonElement listed = await chain.AskAsync("debug_getBadBlocks", "[]");
        Assert.Equal(10, listed.GetArrayLength());
        JsonElement newest = listed[0];
        Assert.StartsWith("GasUsedWrong: ", newest.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            newest.GetProperty("hash").GetString(), newest.GetProperty("block").GetProperty("hash").GetString());
        Assert.Equal(
            TraceChain.SenderText,
            newest.GetProperty("block").GetProperty("transactions")[0].GetProperty("from").GetString());
        JsonElement traced = await chain.AskAsync(
            "debug_traceBadBlock", $$"""[{{newest.GetProperty("hash").GetRawText()}},{"tracer":"callTracer"}]""");
        Assert.Equal(
            TraceChain.FirstText,
            Assert.Single(traced.EnumerateArray()).GetProperty("result").GetProperty("to").GetString());
        Assert.Equal(
            (-32000, $"bad block {known.Hash} not found"),
            await chain.RefuseAsync("debug_traceBadBlock", $"""["{known.Hash}"]"""));
        Assert.True(Hex.TryDecode(newest.GetProperty("rlp").GetString()!, out byte[] rlp));
        Assert.True(Block.TryDecode(rlp, out Block? decoded, out _));
        Assert.Equal(good.Header.GasUsed + 12, decoded.Header.GasUsed);
    }
}
