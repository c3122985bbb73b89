using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>
/// The program is killed while transactions wait: each that was answered waits again, whether the next block may hold
/// it or one before it is missing. A tenth of the full number of kills unless the environment says
/// <c>KOINON_SOAK=1</c>.
/// </summary>
[Trait("pace", "slow")]
public sealed class PoolCrashTests : IDisposable
{
    private const int Senders = 8;
    private const int LoadMilliseconds = 250;
    private const int FarNonce = 10_000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("koinon-pool-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Kills => Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? 100 : 10;

    private string Data => Path.Combine(_directory.FullName, "data");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Dev_KilledWhileTransactionsWait_KeepsEachThatWasAnswered()
    {
        string[] dev = ["dev", "--port", "0", "--quiet", "--datadir", Data, "--durability", "full", "--no-mining"];
        int seed = Environment.TickCount;
        Random random = new(seed);
        Answers answered = new();
        int gaps = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            await using RunningProgram program = await RunningProgram.StartAsync(dev, Cancellation);
            await AssertWaitAsync(program.Url, answered, $"after kill {kill}, seed {seed}");
            await KillUnderLoadAsync(program, random, answered, async (client, sender, accounts, stop) =>
            {
                for (int i = 0; !stop.IsCancellationRequested; i++)
                {
                    bool isGap = i % 4 == 3;
                    int far = isGap ? FarNonce + (Interlocked.Increment(ref gaps) * 2) : 0;
                    string nonce = isGap ? $",\"nonce\":\"0x{far:x}\"" : "";
                    string payment =
                        $"{{\"from\":\"{accounts[sender]}\",\"to\":\"{accounts[0]}\",\"gas\":\"0x5208\"{nonce}}}";
                    await SendAsync(client, "eth_sendTransaction", payment, isGap, answered, stop);
                }
            });
        }

        await using RunningProgram last = await RunningProgram.StartAsync(dev, Cancellation);
        await AssertWaitAsync(last.Url, answered, $"at the end, seed {seed}");
        int far = answered.FarCount;
        Assert.NotEqual(0, far);
        Assert.True(answered.Count > 10 * Kills, $"only {answered.Count} were answered: there was no load");
        Assert.InRange(await MineAllAsync(last), far, far + (Senders * Kills));
        Assert.Equal(0, await last.TerminateAsync(Cancellation));
    }

    [Fact]
    public async Task Node_KilledWhileTransactionsWait_KeepsEachThatWasAnswered()
    {
        string genesis = Path.Combine(_directory.FullName, "genesis.json");
        ConcurrentQueue<(string Raw, bool IsFar)> signed = await SignAsync(genesis);
        string[] node = ["node", "--port", "0", "--genesis", genesis, "--datadir", Data, "--authrpc-port", "0"];
        Random random = new(2);
        Answers answered = new();
        for (int kill = 0; kill < Kills / 2; kill++)
        {
            await using RunningProgram program = await RunningProgram.StartAsync(node, Cancellation);
            await AssertWaitAsync(program.Url, answered, $"after kill {kill}");
            await KillUnderLoadAsync(program, random, answered, async (client, _, _, stop) =>
            {
                while (!stop.IsCancellationRequested && signed.TryDequeue(out (string Raw, bool IsFar) next))
                {
                    await SendAsync(client, "eth_sendRawTransaction", $"\"{next.Raw}\"", next.IsFar, answered, stop);
                }
            });
        }

        await using RunningProgram last = await RunningProgram.StartAsync(node, Cancellation);
        await AssertWaitAsync(last.Url, answered, "at the end");
        Assert.True(answered.Count > Kills, $"only {answered.Count} were answered: there was no load");
    }

    /// <summary>Has a development chain sign payments for another one, and writes that one's genesis.</summary>
    private static async Task<ConcurrentQueue<(string Raw, bool IsFar)>> SignAsync(string genesis)
    {
        const int Each = 100;
        await using RunningProgram signer = await RunningProgram.StartAsync(
            ["dev", "--port", "0", "--quiet", "--chain-id", "7"], Cancellation);
        using HttpClient client = new() { BaseAddress = signer.Url };
        string[] accounts = await AccountsAsync(client);
        string alloc = string.Join(',', accounts.Select(static account =>
            $"\"{account}\":{{\"balance\":\"0xde0b6b3a7640000\"}}"));
        await File.WriteAllTextAsync(
            genesis,
            $$$"""
            {"config":{"chainId":7,"homesteadBlock":0,"eip150Block":0,"eip155Block":0,"eip158Block":0,
            "byzantiumBlock":0,"constantinopleBlock":0,"petersburgBlock":0,"istanbulBlock":0,"berlinBlock":0,
            "londonBlock":0,"terminalTotalDifficulty":0},"difficulty":"0x0","gasLimit":"0x1c9c380",
            "alloc":{{{{alloc}}}}}
            """,
            Cancellation);
        ConcurrentQueue<(string Raw, bool IsFar)> signed = [];
        for (int nonce = 0; nonce < Each; nonce++)
        {
            // The last of each sender stand behind a gap.
            bool isFar = nonce >= Each - 5;
            int sent = isFar ? nonce + FarNonce : nonce;
            string batch = string.Join(',', accounts.Take(Senders).Select(account =>
                $$$"""
                {"id":1,"method":"eth_signTransaction","params":[{"from":"{{{account}}}","to":"{{{account}}}",
                "gas":"0x5208","maxFeePerGas":"0x77359400","maxPriorityFeePerGas":"0x1","nonce":"0x{{{sent:x}}}"}]}
                """));
            foreach (JsonElement answer in (await AskAsync(client, $"[{batch}]", Cancellation)).EnumerateArray())
            {
                signed.Enqueue((answer.GetProperty("result").GetString()!, isFar));
            }
        }

        return signed;
    }

    private static async Task KillUnderLoadAsync(
        RunningProgram program,
        Random random,
        Answers answered,
        Func<HttpClient, int, string[], CancellationToken, Task> send)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task isLoaded = answered.WaitForAsync(2 * Senders);
        Task[] load = [.. Enumerable.Range(0, Senders).Select(LoadAsync)];
        await Task.WhenAny(isLoaded, Task.WhenAll(load));
        await Task.Delay(random.Next(20, LoadMilliseconds), Cancellation);
        await program.KillAsync(Cancellation);
        await stop.CancelAsync();
        await Task.WhenAll(load);

        async Task LoadAsync(int sender)
        {
            using HttpClient client = new() { BaseAddress = program.Url };
            try
            {
                await send(client, sender, await AccountsAsync(client), stop.Token);
            }
            catch (Exception end) when (end is HttpRequestException or OperationCanceledException or IOException)
            {
                // The program was killed.
            }
        }
    }

    private static async Task SendAsync(
        HttpClient client,
        string method,
        string parameter,
        bool isFar,
        Answers answered,
        CancellationToken cancellation)
    {
        JsonElement answer = await AskAsync(
            client, $"{{\"id\":1,\"method\":\"{method}\",\"params\":[{parameter}]}}", cancellation);
        Assert.True(answer.TryGetProperty("result", out JsonElement hash), answer.ToString());
        answered.Add(hash.GetString()!, isFar);
    }

    private static async Task AssertWaitAsync(Uri url, Answers answered, string when)
    {
        using HttpClient client = new() { BaseAddress = url };
        foreach (string[] hashes in answered.Hashes.Chunk(500))
        {
            string batch = string.Join(',', hashes.Select(static hash =>
                $"{{\"id\":1,\"method\":\"eth_getTransactionByHash\",\"params\":[\"{hash}\"]}}"));
            JsonElement[] answers = [.. (await AskAsync(client, $"[{batch}]", Cancellation)).EnumerateArray()];
            for (int i = 0; i < hashes.Length; i++)
            {
                JsonElement found = answers[i].GetProperty("result");
                Assert.True(found.ValueKind == JsonValueKind.Object, $"{hashes[i]} is lost {when}");
                Assert.Equal(JsonValueKind.Null, found.GetProperty("blockNumber").ValueKind);
            }
        }
    }

    /// <summary>Builds blocks until nothing is ready.</summary>
    /// <returns>How many stand behind a gap.</returns>
    private static async Task<int> MineAllAsync(RunningProgram program)
    {
        while (true)
        {
            JsonElement status = (await program.AskAsync("""{"id":1,"method":"txpool_status"}""", Cancellation))
                .GetProperty("result");
            if (Number(status, "pending") == 0) return Number(status, "queued");

            await program.AskAsync("""{"id":1,"method":"evm_mine"}""", Cancellation);
        }

        static int Number(JsonElement status, string name) =>
            Convert.ToInt32(status.GetProperty(name).GetString(), 16);
    }

    private static async Task<string[]> AccountsAsync(HttpClient client)
    {
        JsonElement answer = await AskAsync(client, """{"id":1,"method":"eth_accounts"}""", Cancellation);
        return [.. answer.GetProperty("result").EnumerateArray().Select(static account => account.GetString()!)];
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string json, CancellationToken cancellation)
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync((Uri?)null, body, cancellation);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>What was answered: the hashes, and which of them stand behind a gap.</summary>
    private sealed class Answers
    {
        private readonly ConcurrentDictionary<string, bool> _all = new();
        private readonly Lock _gate = new();
        private TaskCompletionSource _isEnough = new();
        private int _enough = int.MaxValue;

        public int Count => _all.Count;

        public int FarCount => _all.Values.Count(static isFar => isFar);

        public ICollection<string> Hashes => _all.Keys;

        public void Add(string hash, bool isFar)
        {
            _all[hash] = isFar;
            lock (_gate)
            {
                if (_all.Count >= _enough) _isEnough.TrySetResult();
            }
        }

        /// <summary>Waits for so many more.</summary>
        public Task WaitForAsync(int more)
        {
            lock (_gate)
            {
                _enough = _all.Count + more;
                _isEnough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _isEnough.Task;
            }
        }
    }
}
