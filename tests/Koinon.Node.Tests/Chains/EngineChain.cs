using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Koinon.Chain;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Crypto;
using Koinon.Evm;
using Koinon.Node.Chains;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc;
using Koinon.Rpc.Engine;
using Koinon.Rpc.Eth;
using Microsoft.Extensions.Logging.Abstractions;

namespace Koinon.Node.Tests.Chains;

/// <summary>A chain that merged at its genesis, driven over HTTP as a consensus client drives it.</summary>
internal sealed class EngineChain : IAsyncDisposable
{
    public const ulong Shanghai = 1_000;
    public const ulong Cancun = 2_000;
    public const ulong Prague = 3_000;
    public const ulong Osaka = 4_000;

    private const ulong ChainId = 3151908;
    private const string Zero = "0x0000000000000000000000000000000000000000000000000000000000000000";

    private readonly ExecutionResources _resources;
    private readonly byte[] _secret;
    private readonly EngineServer _server;
    private readonly HttpClient _http = new();
    private readonly JwtVerifier _tokens;
    private int _id;

    private EngineChain(
        ExecutionResources resources, RpcParts parts, byte[] key, JwtSecret secret, EngineServer server)
    {
        _resources = resources;
        Ledger = parts.Ledger;
        Pool = parts.Pool;
        _secret = key;
        _server = server;
        _tokens = new JwtVerifier(secret, TimeProvider.System);
    }

    public Ledger Ledger { get; }

    public TransactionPool Pool { get; }

    public string GenesisHash => Ledger.GenesisBlock.Hash.ToString();

    public string HeadHash => Ledger.Head.Hash.ToString();

    public Uri Uri => new($"http://{_server.Endpoint}/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a chain of its own, or another node of a chain that there is.</summary>
    public static async Task<EngineChain> StartAsync(EngineChain? sibling = null)
    {
        byte[] key = sibling?._secret ?? RandomNumberGenerator.GetBytes(32);
        byte[] json = Encoding.UTF8.GetBytes(GenesisOf(AddressOf(key)));
        Assert.True(Genesis.TryParse(json, out Genesis? genesis, out GenesisError? error), error?.Detail);
        ExecutionResources resources = new();
        Ledger ledger = new(genesis, Merged.For(genesis.Network, caches: null), resources);
        TransactionPool pool = new(ledger);
        BlockLookup blocks = new(ledger);
        RpcParts parts = new()
        {
            Ledger = ledger,
            Pool = pool,
            Wallet = new NoWallet(),
            Entry = new PoolEntry(pool),
            Blocks = blocks,
            Calls = new CallRunner(blocks),
            Fees = new FeeOracle(ledger),
            ClientVersion = "koinon/test",
        };
        JwtSecret secret = new(RandomNumberGenerator.GetBytes(JwtSecret.Size));
        EngineServer server = await EngineServer.StartAsync(
            parts,
            new EngineServerOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0), Secret = secret },
            NullLoggerFactory.Instance,
            Cancellation);
        return new EngineChain(resources, parts, key, secret, server);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Pool.Dispose();
        Ledger.Dispose();
        _resources.Dispose();
    }

    /// <summary>Calls a method; an error comes as the whole answer.</summary>
    public async Task<JsonNode> CallAsync(string method, params JsonNode?[] parameters)
    {
        JsonObject request = new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = ++_id,
            ["method"] = method,
            ["params"] = new JsonArray(parameters),
        };
        using HttpResponseMessage response = await PostAsync(request.ToJsonString(), _tokens.Issue());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    /// <summary>The result of a method that must have one.</summary>
    public async Task<JsonNode?> ResultAsync(string method, params JsonNode?[] parameters)
    {
        JsonNode answer = await CallAsync(method, parameters);
        Assert.True(answer["error"] is null, answer.ToJsonString());
        return answer["result"];
    }

    /// <summary>The code of the error of a method that must have one.</summary>
    public async Task<int> ErrorAsync(string method, params JsonNode?[] parameters)
    {
        JsonNode answer = await CallAsync(method, parameters);
        Assert.True(answer["error"] is not null, answer.ToJsonString());
        return (int)answer["error"]!["code"]!;
    }

    public async Task<HttpResponseMessage> PostAsync(string body, string? token)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Uri);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, Cancellation);
    }

    public static JsonObject Forkchoice(string head, string? safe = null, string? finalized = null) => new()
    {
        ["headBlockHash"] = head,
        ["safeBlockHash"] = safe ?? Zero,
        ["finalizedBlockHash"] = finalized ?? Zero,
    };

    public static JsonObject Attributes(ulong timestamp)
    {
        JsonObject attributes = new()
        {
            ["timestamp"] = $"0x{timestamp:x}",
            ["prevRandao"] = Hash256.Keccak(BitConverter.GetBytes(timestamp)).ToString(),
            ["suggestedFeeRecipient"] = "0x00000000000000000000000000000000000000fe",
        };
        if (timestamp >= Shanghai)
        {
            attributes["withdrawals"] = new JsonArray(new JsonObject
            {
                ["index"] = "0x1",
                ["validatorIndex"] = "0x2",
                ["address"] = "0x00000000000000000000000000000000000000aa",
                ["amount"] = "0x3b9aca00",
            });
        }

        if (timestamp >= Cancun)
        {
            attributes["parentBeaconBlockRoot"] = Hash256.Keccak([1]).ToString();
        }

        return attributes;
    }

    public static int Age(ulong timestamp) =>
        timestamp >= Osaka ? 5 : timestamp >= Prague ? 4 : timestamp >= Cancun ? 3 : timestamp >= Shanghai ? 2 : 1;

    /// <summary>Has a block built on the head and returns its envelope.</summary>
    public async Task<JsonObject> BuildAsync(ulong timestamp)
    {
        int age = Age(timestamp);
        JsonNode begun = (await ResultAsync(
            $"engine_forkchoiceUpdatedV{Math.Min(age, 3)}", Forkchoice(HeadHash), Attributes(timestamp)))!;
        Assert.Equal("VALID", (string?)begun["payloadStatus"]!["status"]);
        JsonNode envelope = (await ResultAsync($"engine_getPayloadV{age}", begun["payloadId"]!.DeepClone()))!;
        return age == 1 ? new JsonObject { ["executionPayload"] = envelope.DeepClone() } : envelope.AsObject();
    }

    /// <summary>Hands a payload in.</summary>
    public async Task<JsonNode> SubmitAsync(JsonObject envelope, ulong timestamp)
    {
        JsonNode payload = envelope["executionPayload"]!.DeepClone();
        int age = Age(timestamp);
        JsonArray hashes = [.. (envelope["blobsBundle"]?["commitments"]?.AsArray() ?? []).Select(one =>
            (JsonNode)HashOf(Convert.FromHexString(((string)one!)[2..])).ToString())];
        string root = Hash256.Keccak([1]).ToString();
        return (await (age switch
        {
            1 or 2 => ResultAsync($"engine_newPayloadV{age}", payload),
            3 => ResultAsync("engine_newPayloadV3", payload, hashes, root),
            _ => ResultAsync("engine_newPayloadV4", payload, hashes, root, envelope["executionRequests"]!.DeepClone()),
        }))!;
    }

    /// <summary>Makes a submitted payload the head.</summary>
    public async Task HeadAsync(string hash, ulong timestamp)
    {
        JsonNode moved = (await ResultAsync(
            $"engine_forkchoiceUpdatedV{Math.Min(Age(timestamp), 3)}", Forkchoice(hash), null))!;
        Assert.Equal("VALID", (string?)moved["payloadStatus"]!["status"]);
    }

    public Transaction Pay(ulong nonce) => Sign(new Transaction
    {
        Type = TransactionType.DynamicFee,
        ChainId = ChainId,
        Nonce = nonce,
        GasLimit = 21_000,
        MaxFeePerGas = 100_000_000_000,
        MaxPriorityFeePerGas = 1_000_000_000,
        To = Address.FromWord(0xbeef),
        Value = 1,
    });

    /// <summary>A transaction with the blob of zeros, whose commitment and proofs are all the point at infinity.
    /// </summary>
    public Transaction Blob(ulong nonce, byte version)
    {
        byte[] infinity = new byte[BlobSidecar.ProofSize];
        infinity[0] = 0xc0;
        int proofs = version == 0 ? 1 : BlobSidecar.CellsPerBlob;
        return Sign(new Transaction
        {
            Type = TransactionType.Blob,
            ChainId = ChainId,
            Nonce = nonce,
            GasLimit = 21_000,
            MaxFeePerGas = 100_000_000_000,
            MaxPriorityFeePerGas = 1_000_000_000,
            MaxFeePerBlobGas = 100_000_000_000,
            To = Address.FromWord(0xb10b),
            BlobVersionedHashes = [HashOf(infinity)],
            Sidecar = new BlobSidecar
            {
                Version = version,
                Blobs = [new byte[BlobSidecar.BlobSize]],
                Commitments = [infinity],
                Proofs = [.. Enumerable.Repeat((ReadOnlyMemory<byte>)infinity, proofs)],
            },
        });
    }

    public static Hash256 HashOf(ReadOnlySpan<byte> commitment)
    {
        byte[] hash = SHA256.HashData(commitment);
        hash[0] = 1;
        return new Hash256(hash);
    }

    private static Address AddressOf(byte[] key)
    {
        byte[] publicKey = new byte[Secp256k1.PublicKeyBytes];
        Assert.True(Secp256k1.TryGetPublicKey(key, publicKey));
        Hash256 hash = Hash256.Keccak(publicKey);
        return new Address(Hash256.AsSpan(in hash)[12..]);
    }

    private Transaction Sign(Transaction unsigned)
    {
        byte[] signature = new byte[Secp256k1.SignatureBytes];
        Hash256 hash = unsigned.SigningHash;
        Assert.True(Secp256k1.TrySign(_secret, Hash256.AsSpan(in hash), signature, out int recoveryId));
        return unsigned.WithSignature(new TransactionSignature(
            (uint)recoveryId,
            UInt256.FromBigEndian(signature.AsSpan(0, 32)),
            UInt256.FromBigEndian(signature.AsSpan(32))));
    }

    private static string GenesisOf(Address rich) => $$"""
        {
          "config": {
            "chainId": {{ChainId}}, "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
            "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0, "istanbulBlock": 0, "berlinBlock": 0,
            "londonBlock": 0, "mergeNetsplitBlock": 0, "terminalTotalDifficulty": 0,
            "shanghaiTime": {{Shanghai}}, "cancunTime": {{Cancun}}, "pragueTime": {{Prague}}, "osakaTime": {{Osaka}},
            "blobSchedule": {
              "cancun": { "target": 3, "max": 6, "baseFeeUpdateFraction": 3338477 },
              "prague": { "target": 6, "max": 9, "baseFeeUpdateFraction": 5007716 },
              "osaka": { "target": 6, "max": 9, "baseFeeUpdateFraction": 5007716 }
            }
          },
          "difficulty": "0x0", "gasLimit": "0x1c9c380", "timestamp": "0x0", "extraData": "0x", "nonce": "0x0",
          "baseFeePerGas": "0x3b9aca00",
          "alloc": {
            "{{rich}}": { "balance": "0xd3c21bcecceda1000000" },
            "0x00000961Ef480Eb55e80D19ad83579A64c007002": { "balance": "0x0", "nonce": "0x1", "code": "0x00" },
            "0x0000BBdDc7CE488642fb579F8B00f3a590007251": { "balance": "0x0", "nonce": "0x1", "code": "0x00" }
          }
        }
        """;
}
