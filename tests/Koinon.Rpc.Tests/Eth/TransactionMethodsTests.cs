using System.Text.Json;
using Koinon.Crypto;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Rpc.Tests.Eth;

/// <summary>A transaction's way through the methods: sent, waiting, in a block.</summary>
public sealed class TransactionMethodsTests : IDisposable
{
    private const string Receiver = "0x00000000000000000000000000000000000000ab";

    private readonly TestSigner _signer = new(1);
    private readonly TestChain _chain;

    public TransactionMethodsTests() =>
        _chain = new TestChain($$""" "{{_signer.Address}}": { "balance": "1000000000000000000000" } """);

    [Fact]
    public async Task ATransaction_ThatWaits_IsShownWithoutABlock()
    {
        string hash = await SendAsync(0);
        await SendAsync(2);

        JsonElement shown = await _chain.ResultAsync("eth_getTransactionByHash", $"\"{hash}\"");
        foreach (string name in (string[])["blockHash", "blockNumber", "transactionIndex"])
        {
            Assert.Equal(JsonValueKind.Null, shown.GetProperty(name).ValueKind);
        }

        Assert.Equal("0x77359400", shown.GetProperty("gasPrice").GetString());
        Assert.Equal(
            JsonValueKind.Null, (await _chain.ResultAsync("eth_getTransactionReceipt", $"\"{hash}\"")).ValueKind);
        Assert.Equal("0x1", await CountAsync("pending"));
        Assert.Equal("0x0", await CountAsync("latest"));
        Assert.Equal(
            """{"pending":"0x1","queued":"0x1"}""", (await _chain.ResultAsync("txpool_status", "")).GetRawText());
        Assert.Equal(2, (await _chain.ResultAsync("eth_pendingTransactions", "")).GetArrayLength());
    }

    [Fact]
    public async Task ThePool_ShownAsATree_IsBySenderAndDecimalNonce()
    {
        for (ulong nonce = 0; nonce <= 10; nonce++)
        {
            await SendAsync(nonce);
        }

        JsonElement content = await _chain.ResultAsync("txpool_content", "");
        JsonElement inspect = await _chain.ResultAsync("txpool_inspect", "");
        JsonElement from = await _chain.ResultAsync("txpool_contentFrom", $"\"{_signer.Address}\"");

        string sender = _signer.Address.ToChecksumString();
        JsonElement tenth = content.GetProperty("pending").GetProperty(sender).GetProperty("10");
        Assert.Equal("0xa", tenth.GetProperty("nonce").GetString());
        Assert.Equal(
            "0x00000000000000000000000000000000000000AB: 1 wei + 21000 gas × 2000000000 wei",
            inspect.GetProperty("pending").GetProperty(sender).GetProperty("10").GetString());
        Assert.Equal(11, from.GetProperty("pending").EnumerateObject().Count());
        Assert.Empty(from.GetProperty("queued").EnumerateObject());
    }

    [Fact]
    public async Task ThePendingBlock_HoldsWhatWaits()
    {
        string hash = await SendAsync(0);

        JsonElement block = await _chain.ResultAsync("eth_getBlockByNumber", "\"pending\",false");
        Assert.Equal(hash, Assert.Single(block.GetProperty("transactions").EnumerateArray()).GetString());
        Assert.Equal("0x1", await _chain.TextAsync("eth_getBalance", $"\"{Receiver}\",\"pending\""));
        Assert.Equal("0x0", await _chain.TextAsync("eth_getBalance", $"\"{Receiver}\""));
        await SendAsync(1);
        block = await _chain.ResultAsync("eth_getBlockByNumber", "\"pending\",true");
        Assert.Equal(2, block.GetProperty("transactions").GetArrayLength());
        Assert.Equal(1ul, _chain.Mine().Number);
    }

    [Fact]
    public async Task ATransaction_InABlock_IsFoundBySenderAndNonceAndByItsBytes()
    {
        List<string> hashes = [];
        for (ulong nonce = 0; nonce < 9; nonce++)
        {
            hashes.Add(await SendAsync(nonce));
            if (nonce % 2 == 0)
            {
                _chain.Mine();
            }
        }

        for (int nonce = 0; nonce < hashes.Count; nonce++)
        {
            JsonElement found = await _chain.ResultAsync(
                "eth_getTransactionBySenderAndNonce", $"\"{_signer.Address}\",{nonce}");
            Assert.Equal(hashes[nonce], found.GetProperty("hash").GetString());
            string raw = await _chain.TextAsync("eth_getRawTransactionByHash", $"\"{hashes[nonce]}\"");
            Assert.Equal(hashes[nonce], Hash256.Keccak(Hex.Decode(raw)).ToString());
        }

        Assert.Equal("0x9", await CountAsync("latest"));
    }

    [Fact]
    public async Task SendRawTransactionSync_OfWhatIsNotMined_HasCode4AndTheHash()
    {
        Transaction transaction = _signer.Pay(0);

        (int code, _, string? data) = await _chain.ErrorAsync(
            "eth_sendRawTransactionSync", $"\"{Raw(transaction)}\",5");

        Assert.Equal((4, transaction.Hash.ToString()), (code, data));
    }

    [Fact]
    public async Task SendRawTransactionSync_OfWhatIsMinedMeanwhile_AnswersWithTheReceipt()
    {
        Transaction transaction = _signer.Pay(0);
        Task<JsonElement> receipt = _chain.ResultAsync("eth_sendRawTransactionSync", $"\"{Raw(transaction)}\"");
        while (_chain.Pool.Count == 0)
        {
            await Task.Yield();
        }

        _chain.Mine();

        Assert.Equal("0x1", (await receipt).GetProperty("status").GetString());
    }

    [Fact]
    public async Task SendRawTransaction_OfATransactionOnceMore_IsAlreadyKnown()
    {
        await SendAsync(0);

        (int code, string message, _) = await _chain.ErrorAsync(
            "eth_sendRawTransaction", $"\"{Raw(_signer.Pay(0))}\"");

        Assert.Equal(-32000, code);
        Assert.StartsWith("already known", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendRawTransaction_OfAUsedNonce_IsTooLow()
    {
        await SendAsync(0);
        _chain.Mine();

        (int code, string message, _) = await _chain.ErrorAsync(
            "eth_sendRawTransaction", $"\"{Raw(_signer.Pay(0, 3_000_000_000))}\"");

        Assert.Equal(-32000, code);
        Assert.StartsWith("nonce too low", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0x", -32602, "failed to decode signed transaction: ")]
    [InlineData("0x01", -32602, "failed to decode signed transaction: ")]
    [InlineData("0x05c0", -32000, "transaction type not supported: type 5")]
    [InlineData("0x7f", -32000, "transaction type not supported: type 127")]
    [InlineData("0xc0", -32602, "failed to decode signed transaction: ")]
    [InlineData("0xdeadbeef", -32602, "failed to decode signed transaction: ")]
    public async Task SendRawTransaction_OfWhatIsNone_SaysWhy(string raw, int code, string message)
    {
        foreach (string method in (string[])["eth_sendRawTransaction", "eth_sendRawTransactionSync"])
        {
            (int given, string text, _) = await _chain.ErrorAsync(method, $"\"{raw}\"");
            Assert.Equal(code, given);
            Assert.StartsWith(message, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FillTransaction_OfATransfer_NamesNonceGasAndFees()
    {
        await SendAsync(0);

        JsonElement filled = await _chain.ResultAsync(
            "eth_fillTransaction",
            $$"""{"from":"{{_signer.Address}}","to":"0x00000000000000000000000000000000000000ab"}""");

        JsonElement transaction = filled.GetProperty("tx");
        Assert.Equal("0x1", transaction.GetProperty("nonce").GetString());
        Assert.Equal("0x5208", transaction.GetProperty("gas").GetString());
        Assert.Equal("0x539", transaction.GetProperty("chainId").GetString());
        Assert.Equal(_signer.Address.ToString(), transaction.GetProperty("from").GetString());
        Assert.StartsWith("0x02", filled.GetProperty("raw").GetString());
    }

    [Fact]
    public async Task FillTransaction_OfACallThatReverts_SaysWhy() =>
        Assert.Equal(
            (3, "execution reverted", "0x"),
            await _chain.ErrorAsync(
                "eth_fillTransaction", $$"""{"from":"{{_signer.Address}}","data":"0x5f5ffd"}"""));

    [Fact]
    public async Task FillTransaction_WithBlobs_MakesTheirSidecar()
    {
        byte[] blob = new byte[BlobSidecar.BlobSize];
        blob[31] = 7;
        string request =
            $$"""{"from":"{{_signer.Address}}","to":"{{Receiver}}","blobs":["{{Hex.Encode(blob)}}"]}""";

        JsonElement filled = await _chain.ResultAsync("eth_fillTransaction", request);

        Assert.True(Hex.TryDecode(filled.GetProperty("raw").GetString()!, out byte[] raw));
        Assert.True(Transaction.TryDecodeNetworkForm(raw, out Transaction? decoded, out _));
        BlobSidecar sidecar = decoded.Sidecar!;
        Assert.True(Kzg.VerifyBlobProof(blob, sidecar.Commitments[0].Span, sidecar.Proofs[0].Span));
        JsonElement shown = filled.GetProperty("tx");
        Assert.Equal(
            decoded.BlobVersionedHashes[0].ToString(), shown.GetProperty("blobVersionedHashes")[0].GetString());
        Assert.Equal("0x3", shown.GetProperty("type").GetString());
        Assert.Equal("0x2", shown.GetProperty("maxFeePerBlobGas").GetString());
        Assert.Equal("0x5208", shown.GetProperty("gas").GetString());
    }

    [Theory]
    [InlineData("\"blobs\":[]", "need at least 1 blob for a blob transaction")]
    [InlineData("\"blobs\":[\"0x00\"]", "blobs[0]: not a blob: ")]
    [InlineData("\"blobs\":[\"0x00\"],\"proofs\":[\"0x\"]", "blob proofs provided while commitments were not")]
    [InlineData("\"blobs\":[\"0x00\"],\"commitments\":[\"0x\"]", "blob commitments provided while proofs were not")]
    [InlineData(
        "\"blobs\":[\"0x00\"],\"commitments\":[],\"proofs\":[]",
        "number of blobs and commitments mismatch (have=0, want=1)")]
    public async Task FillTransaction_WithBlobsThatDoNotFit_IsRefused(string blobs, string message)
    {
        (int code, string text, _) = await _chain.ErrorAsync(
            "eth_fillTransaction", $$"""{"from":"{{_signer.Address}}","to":"{{Receiver}}",{{blobs}}}""");

        Assert.Equal(-32000, code);
        Assert.StartsWith(message, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resend_OfWhatDoesNotWait_IsNotFound()
    {
        string unknown = $$"""{"from":"{{_signer.Address}}","nonce":"0x5"}""";

        Assert.StartsWith(
            "transaction not found", (await _chain.ErrorAsync("eth_resend", $"{unknown},\"0x1\"")).Message);
        Assert.Equal(-32602, (await _chain.ErrorAsync("eth_resend", "{}")).Code);
    }

    public void Dispose() => _chain.Dispose();

    private static string Raw(Transaction transaction) => Hex.Encode(transaction.Encoded.Span);

    private Task<string> SendAsync(ulong nonce) =>
        _chain.TextAsync("eth_sendRawTransaction", $"\"{Raw(_signer.Pay(nonce))}\"");

    private Task<string> CountAsync(string block) =>
        _chain.TextAsync("eth_getTransactionCount", $"\"{_signer.Address}\",\"{block}\"");
}
