using System.Net;
using System.Text.Json.Nodes;
using Koinon.Primitives;
using Koinon.Primitives.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Node.Tests.Chains;

public class EngineServerTests
{
    [Fact]
    public async Task AChain_DrivenFromTheMergeOn_GrowsThroughEveryFork()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        ulong nonce = 0;
        foreach (ulong timestamp in (ulong[])[12, 1_000, 1_012, 2_000, 2_012, 3_000, 3_012, 4_000, 4_012])
        {
            await chain.ResultAsync("eth_sendRawTransaction", Raw(chain.Pay(nonce++)));
            JsonObject envelope = await chain.BuildAsync(timestamp);
            JsonNode payload = envelope["executionPayload"]!;
            string hash = (string)payload["blockHash"]!;
            Assert.Single(payload["transactions"]!.AsArray());
            Assert.Equal(timestamp >= EngineChain.Shanghai, payload["withdrawals"] is not null);
            Assert.Equal(timestamp >= EngineChain.Cancun, payload["excessBlobGas"] is not null);
            Assert.True(timestamp < 1_000 || (string)envelope["blockValue"]! == "0x1319718a5000");

            JsonNode status = await chain.SubmitAsync(envelope, timestamp);
            Assert.Equal(("VALID", hash), ((string?)status["status"], (string?)status["latestValidHash"]));
            Assert.NotEqual(hash, chain.HeadHash);
            await chain.HeadAsync(hash, timestamp);
            Assert.Equal(hash, chain.HeadHash);
            Assert.Equal(0, chain.Pool.Count);
        }

        Assert.Equal(9ul, chain.Ledger.Head.Number);
    }

    [Theory]
    [InlineData(2_000, 0)]
    [InlineData(3_000, 0)]
    [InlineData(4_000, 1)]
    public async Task Blobs_TravelBesideThePayload(ulong timestamp, byte version)
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        await AdvanceAsync(chain, timestamp);
        Transaction blob = chain.Blob(1, version);
        await chain.ResultAsync("eth_sendRawTransaction", NetworkForm(blob));
        string hash = blob.BlobVersionedHashes[0].ToString();

        JsonObject envelope = await chain.BuildAsync(timestamp + 12);
        JsonNode bundle = envelope["blobsBundle"]!;
        Assert.Single(bundle["blobs"]!.AsArray());
        Assert.Single(bundle["commitments"]!.AsArray());
        Assert.Equal(version == 0 ? 1 : 128, bundle["proofs"]!.AsArray().Count);
        Assert.Equal("0x20000", (string?)envelope["executionPayload"]!["blobGasUsed"]);
        Assert.Equal("VALID", (string?)(await chain.SubmitAsync(envelope, timestamp + 12))["status"]);

        JsonArray one = [hash];
        JsonArray two = [hash, chain.GenesisHash];
        if (version == 0)
        {
            JsonArray blobs = (await chain.ResultAsync("engine_getBlobsV1", two))!.AsArray();
            Assert.Equal(2, blobs.Count);
            Assert.Equal(98, ((string)blobs[0]!["proof"]!).Length);
            Assert.Null(blobs[1]);
            Assert.Null(await chain.ResultAsync("engine_getBlobsV2", one));
        }
        else
        {
            Assert.Equal(-38005, await chain.ErrorAsync("engine_getBlobsV1", one.DeepClone()));
            JsonNode blobs = (await chain.ResultAsync("engine_getBlobsV2", one))!;
            Assert.Equal(128, blobs[0]!["proofs"]!.AsArray().Count);
            Assert.Null(await chain.ResultAsync("engine_getBlobsV2", two.DeepClone()));
            JsonArray some = (await chain.ResultAsync("engine_getBlobsV3", two))!.AsArray();
            Assert.Equal(2, some.Count);
            Assert.Null(some[1]);
        }
    }

    [Fact]
    public async Task TheHead_GoesBackAndForward()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        await AdvanceAsync(chain, 1_000);
        await AdvanceAsync(chain, 1_012);
        string hash = chain.HeadHash;

        await chain.HeadAsync(chain.GenesisHash, 1_000);
        Assert.Equal(chain.GenesisHash, chain.HeadHash);
        await chain.HeadAsync(hash, 1_012);
        Assert.Equal(hash, chain.HeadHash);
        await chain.ResultAsync("engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(hash, hash, hash), null);

        // What is before the finalized block is no head any more.
        await chain.HeadAsync(chain.GenesisHash, 1_012);
        Assert.Equal(hash, chain.HeadHash);
    }

    [Fact]
    public async Task AHead_ThatNobodyKnows_IsWaitedFor()
    {
        await using EngineChain chain = await EngineChain.StartAsync();

        JsonNode answer = (await chain.ResultAsync(
            "engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(Hash256.Keccak([7]).ToString()), null))!;

        Assert.Equal("SYNCING", (string?)answer["payloadStatus"]!["status"]);
        Assert.Null(answer["payloadStatus"]!["latestValidHash"]);
        Assert.Null(answer["payloadId"]);
        Assert.Equal(-38002, await chain.ErrorAsync(
            "engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(Hash256.Zero.ToString()), null));
    }

    [Fact]
    public async Task Payloads_InTheWrongOrder_AreTakenWhenTheHeadIsNamed()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject[] payloads = new JsonObject[3];
        for (int i = 0; i < payloads.Length; i++)
        {
            payloads[i] = await chain.BuildAsync(1_000 + (ulong)(12 * i));
            await chain.SubmitAsync(payloads[i], 1_000);
            await chain.HeadAsync((string)payloads[i]["executionPayload"]!["blockHash"]!, 1_000);
        }

        await using EngineChain late = await EngineChain.StartAsync(chain);
        Assert.Equal("SYNCING", (string?)(await late.SubmitAsync(payloads[2], 1_000))["status"]);
        Assert.Equal("SYNCING", (string?)(await late.SubmitAsync(payloads[1], 1_000))["status"]);
        Assert.Equal("VALID", (string?)(await late.SubmitAsync(payloads[0], 1_000))["status"]);
        await late.HeadAsync(chain.HeadHash, 1_000);
        Assert.Equal(chain.HeadHash, late.HeadHash);
    }

    [Fact]
    public async Task AnInvalidPayload_IsRememberedWithItsDescendants()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject good = await chain.BuildAsync(1_000);
        JsonObject wrongHash = (JsonObject)good.DeepClone();
        wrongHash["executionPayload"]!["stateRoot"] = chain.GenesisHash;
        JsonNode status = await chain.SubmitAsync(wrongHash, 1_000);
        Assert.Equal("INVALID", (string?)status["status"]);
        Assert.Null(status["latestValidHash"]);
        string right = ((string)status["validationError"]!)[^66..];

        JsonObject wrongRoot = (JsonObject)wrongHash.DeepClone();
        wrongRoot["executionPayload"]!["blockHash"] = right;
        for (int i = 0; i < 2; i++)
        {
            status = await chain.SubmitAsync(wrongRoot, 1_000);
            Assert.Equal("INVALID", (string?)status["status"]);
            Assert.Equal(chain.GenesisHash, (string?)status["latestValidHash"]);
        }

        JsonArray bad = (await chain.ResultAsync("debug_getBadBlocks"))!.AsArray();
        Assert.Equal(right, (string?)Assert.Single(bad)!["hash"]);
        Assert.StartsWith("StateRootWrong: ", (string?)bad[0]!["reason"], StringComparison.Ordinal);

        JsonNode moved = (await chain.ResultAsync(
            "engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(right), null))!;
        Assert.Equal("INVALID", (string?)moved["payloadStatus"]!["status"]);

        JsonObject child = (JsonObject)good.DeepClone();
        child["executionPayload"]!["parentHash"] = right;
        child["executionPayload"]!["blockNumber"] = "0x2";
        child["executionPayload"]!["blockHash"] =
            ((string)(await chain.SubmitAsync(child, 1_000))["validationError"]!)[^66..];
        status = await chain.SubmitAsync(child, 1_000);
        Assert.Equal("INVALID", (string?)status["status"]);
        Assert.Equal(chain.GenesisHash, (string?)status["latestValidHash"]);

        JsonObject noBytes = (JsonObject)good.DeepClone();
        noBytes["executionPayload"]!["transactions"] = new JsonArray("0x");
        status = await chain.SubmitAsync(noBytes, 1_000);
        Assert.Equal("INVALID", (string?)status["status"]);
        Assert.Null(status["latestValidHash"]);
        Assert.Equal("VALID", (string?)(await chain.SubmitAsync(good, 1_000))["status"]);
    }

    [Fact]
    public async Task Forkchoice_MovesBetweenBranchesAndGivesBackTransactions()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject empty = await chain.BuildAsync(1_000);
        await chain.ResultAsync("eth_sendRawTransaction", Raw(chain.Pay(0)));
        JsonObject full = await chain.BuildAsync(1_006);
        string left = (string)empty["executionPayload"]!["blockHash"]!;
        string right = (string)full["executionPayload"]!["blockHash"]!;
        await chain.SubmitAsync(empty, 1_000);
        await chain.SubmitAsync(full, 1_006);

        await chain.HeadAsync(right, 1_006);
        Assert.Equal((right, 0), (chain.HeadHash, chain.Pool.Count));
        await chain.HeadAsync(left, 1_000);
        Assert.Equal((left, 1), (chain.HeadHash, chain.Pool.Count));

        Assert.Equal(-38002, await chain.ErrorAsync(
            "engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(left, safe: right), null));
        Assert.Equal(-38002, await chain.ErrorAsync(
            "engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(left, finalized: right), null));
        await chain.ResultAsync(
            "engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(left, left, chain.GenesisHash), null);
        Assert.Equal(left, chain.Ledger.Safe!.Hash.ToString());
        Assert.Equal(chain.GenesisHash, chain.Ledger.Finalized!.Hash.ToString());
    }

    [Fact]
    public async Task WrongAttributes_LeaveTheHeadMoved()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject first = await chain.BuildAsync(1_000);
        string hash = (string)first["executionPayload"]!["blockHash"]!;
        await chain.SubmitAsync(first, 1_000);
        JsonObject without = EngineChain.Attributes(1_012);
        without.Remove("withdrawals");
        (int Code, string Method, JsonObject Attributes)[] cases =
        [
            (-38003, "engine_forkchoiceUpdatedV2", EngineChain.Attributes(1_000)),
            (-38003, "engine_forkchoiceUpdatedV2", without),
            (-38003, "engine_forkchoiceUpdatedV2", new JsonObject { ["timestamp"] = "0x2000" }),
            (-38003, "engine_forkchoiceUpdatedV3", EngineChain.Attributes(1_012)),
            (-38005, "engine_forkchoiceUpdatedV2", Reduced(EngineChain.Attributes(2_000), "parentBeaconBlockRoot")),
            (-38005, "engine_forkchoiceUpdatedV1", Reduced(EngineChain.Attributes(1_012), "withdrawals")),
            (-38005, "engine_forkchoiceUpdatedV3", Extended(EngineChain.Attributes(1_012))),
        ];
        foreach ((int code, string method, JsonObject attributes) in cases)
        {
            await chain.ResultAsync(
                "engine_forkchoiceUpdatedV2", EngineChain.Forkchoice(chain.GenesisHash), null);

            Assert.Equal(code, await chain.ErrorAsync(method, EngineChain.Forkchoice(hash), attributes));
            Assert.Equal(hash, chain.HeadHash);
        }
    }

    [Fact]
    public async Task Methods_ForAnotherFork_AreRefused()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject shanghai = await chain.BuildAsync(1_000);
        JsonNode payload = shanghai["executionPayload"]!;
        string root = chain.GenesisHash;
        Assert.Equal(-32602, await chain.ErrorAsync("engine_newPayloadV1", payload.DeepClone()));
        Assert.Equal(-32602, await chain.ErrorAsync("engine_newPayloadV2", new JsonObject()));
        Assert.Equal(-32602, await chain.ErrorAsync("engine_newPayloadV3", payload.DeepClone(), new JsonArray(), root));
        JsonObject bare = (JsonObject)payload.DeepClone();
        bare.Remove("withdrawals");
        Assert.Equal(-32602, await chain.ErrorAsync("engine_newPayloadV2", bare));
        Assert.Equal(-38005, await chain.ErrorAsync("engine_newPayloadV1", bare.DeepClone()));
        await chain.SubmitAsync(shanghai, 1_000);
        await chain.HeadAsync((string)payload["blockHash"]!, 1_000);

        JsonObject prague = await chain.BuildAsync(3_000);
        payload = prague["executionPayload"]!;
        Assert.Equal(-38005, await chain.ErrorAsync("engine_newPayloadV2", payload.DeepClone()));
        Assert.Equal(-38005, await chain.ErrorAsync("engine_newPayloadV3", payload.DeepClone(), new JsonArray(), root));
        foreach (JsonArray wrong in (JsonArray[])[["0x00"], ["0x0101", "0x0001"], ["0x0101", "0x0102"]])
        {
            Assert.Equal(
                -32602,
                await chain.ErrorAsync("engine_newPayloadV4", payload.DeepClone(), new JsonArray(), root, wrong));
        }

        Assert.Equal(
            -32602, await chain.ErrorAsync("engine_newPayloadV4", payload.DeepClone(), new JsonArray(), root, null));
        JsonNode begun = (await chain.ResultAsync(
            "engine_forkchoiceUpdatedV3", EngineChain.Forkchoice(chain.HeadHash), EngineChain.Attributes(3_000)))!;
        foreach (int version in (int[])[1, 2, 3, 5])
        {
            Assert.Equal(
                -38005, await chain.ErrorAsync($"engine_getPayloadV{version}", begun["payloadId"]!.DeepClone()));
        }

        Assert.Equal(-38001, await chain.ErrorAsync("engine_getPayloadV4", "0x0000000000000000"));
    }

    [Theory]
    [InlineData("0x0", null, "0x0", null)]
    [InlineData("0x1", null, "0x0", "invalid ttd")]
    [InlineData("0x0", "genesis", "0x0", null)]
    [InlineData("0x0", "genesis", "0x1", "invalid terminal block hash")]
    [InlineData("0x0", "other", "0x0", "invalid terminal block hash")]
    public async Task TheEndOfProofOfWork_IsCompared(string total, string? block, string number, string? wrong)
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject asked = new()
        {
            ["terminalTotalDifficulty"] = total,
            ["terminalBlockHash"] = block == "genesis" ? chain.GenesisHash
                : block is null ? Hash256.Zero.ToString()
                : Hash256.Keccak([1]).ToString(),
            ["terminalBlockNumber"] = number,
        };
        const string Method = "engine_exchangeTransitionConfigurationV1";
        if (wrong is not null)
        {
            Assert.Equal(-32000, await chain.ErrorAsync(Method, asked));
            return;
        }

        JsonNode answer = (await chain.ResultAsync(Method, asked.DeepClone()))!;
        Assert.True(JsonNode.DeepEquals(asked, answer), answer.ToJsonString());
    }

    [Fact]
    public async Task VersionedHashes_ThatAreNotThePayloads_MakeItInvalid()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject cancun = await chain.BuildAsync(2_000);
        JsonNode status = (await chain.ResultAsync(
            "engine_newPayloadV3",
            cancun["executionPayload"]!.DeepClone(),
            new JsonArray(chain.GenesisHash),
            Hash256.Keccak([1]).ToString()))!;

        Assert.Equal("INVALID", (string?)status["status"]);
        Assert.Null(status["latestValidHash"]);
    }

    [Fact]
    public async Task ABuild_OfTheSameAttributes_IsOneProcessAndIsImproved()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonObject forkchoice = EngineChain.Forkchoice(chain.GenesisHash);
        JsonNode first = (await chain.ResultAsync(
            "engine_forkchoiceUpdatedV2", forkchoice, EngineChain.Attributes(1_000)))!;
        JsonNode same = (await chain.ResultAsync(
            "engine_forkchoiceUpdatedV2", forkchoice.DeepClone(), EngineChain.Attributes(1_000)))!;
        JsonNode other = (await chain.ResultAsync(
            "engine_forkchoiceUpdatedV2", forkchoice.DeepClone(), EngineChain.Attributes(1_001)))!;
        Assert.Equal((string?)first["payloadId"], (string?)same["payloadId"]);
        Assert.NotEqual((string?)first["payloadId"], (string?)other["payloadId"]);

        await chain.ResultAsync("eth_sendRawTransaction", Raw(chain.Pay(0)));
        JsonNode envelope = (await chain.ResultAsync("engine_getPayloadV2", first["payloadId"]!.DeepClone()))!;

        Assert.Single(envelope["executionPayload"]!["transactions"]!.AsArray());
    }

    [Fact]
    public async Task Bodies_AreServedByHashAndRange()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        await AdvanceAsync(chain, 12);
        string before = chain.HeadHash;
        await AdvanceAsync(chain, 1_000);

        JsonArray bodies = (await chain.ResultAsync(
            "engine_getPayloadBodiesByHashV1", new JsonArray(chain.HeadHash, Hash256.Keccak([9]).ToString(), before)))!
            .AsArray();
        Assert.Single(bodies[0]!["withdrawals"]!.AsArray());
        Assert.Null(bodies[1]);
        Assert.True(bodies[2]!.AsObject().ContainsKey("withdrawals"));
        Assert.Null(bodies[2]!["withdrawals"]);

        Assert.Equal(2, (await chain.ResultAsync("engine_getPayloadBodiesByRangeV1", "0x1", "0x20"))!.AsArray().Count);
        Assert.Empty((await chain.ResultAsync("engine_getPayloadBodiesByRangeV1", "0x5", "0x20"))!.AsArray());
        Assert.Equal(-32602, await chain.ErrorAsync("engine_getPayloadBodiesByRangeV1", "0x0", "0x20"));
        Assert.Equal(-32602, await chain.ErrorAsync("engine_getPayloadBodiesByRangeV1", "0x1", "0x0"));
        Assert.Equal(-38004, await chain.ErrorAsync("engine_getPayloadBodiesByRangeV1", "0x1", "0x401"));
        Assert.Equal(-38004, await chain.ErrorAsync(
            "engine_getBlobsV3", new JsonArray([.. Enumerable.Repeat(0, 129).Select(_ => (JsonNode)before)])));
    }

    [Fact]
    public async Task CapabilitiesAndVersion_AreTold()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        JsonArray capabilities = (await chain.ResultAsync(
            "engine_exchangeCapabilities", new JsonArray("engine_newPayloadV1")))!.AsArray();
        Assert.Equal(19, capabilities.Count);
        Assert.Contains("engine_getPayloadV5", capabilities.Select(one => (string?)one));
        Assert.DoesNotContain("engine_exchangeCapabilities", capabilities.Select(one => (string?)one));

        JsonNode version = (await chain.ResultAsync(
            "engine_getClientVersionV1",
            new JsonObject { ["code"] = "LH", ["name"] = "x", ["version"] = "1", ["commit"] = "0x00000000" }))![0]!;
        Assert.Equal(("KO", "Koinon"), ((string?)version["code"], (string?)version["name"]));
        Assert.Equal("0x301824", (string?)await chain.ResultAsync("eth_chainId"));
    }

    [Fact]
    public async Task WithoutAToken_NothingIsAnswered()
    {
        await using EngineChain chain = await EngineChain.StartAsync();
        const string Body = """{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}""";
        foreach (string? token in (string?[])[null, "", "a.b.c", "eyJhbGciOiJub25lIn0.eyJpYXQiOjF9."])
        {
            using HttpResponseMessage response = await chain.PostAsync(Body, token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private static async Task AdvanceAsync(EngineChain chain, ulong timestamp)
    {
        if (timestamp >= EngineChain.Cancun)
        {
            await chain.ResultAsync("eth_sendRawTransaction", Raw(chain.Pay(0)));
        }

        JsonObject envelope = await chain.BuildAsync(timestamp);
        await chain.SubmitAsync(envelope, timestamp);
        await chain.HeadAsync((string)envelope["executionPayload"]!["blockHash"]!, timestamp);
    }

    private static JsonObject Reduced(JsonObject attributes, string member)
    {
        attributes.Remove(member);
        return attributes;
    }

    private static JsonObject Extended(JsonObject attributes)
    {
        attributes["parentBeaconBlockRoot"] = Hash256.Keccak([1]).ToString();
        return attributes;
    }

    private static JsonNode Raw(Transaction transaction) =>
        "0x" + Convert.ToHexStringLower(transaction.Encoded.Span);

    private static JsonNode NetworkForm(Transaction transaction)
    {
        RlpWriter writer = new(stackalloc byte[512]);
        transaction.EncodeNetworkFormTo(ref writer);
        string hex = "0x" + Convert.ToHexStringLower(writer.Written);
        writer.Dispose();
        return hex;
    }
}
