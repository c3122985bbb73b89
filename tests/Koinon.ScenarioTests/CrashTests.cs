using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>
/// The program is killed at random moments under load: whatever it announced is there again, and nothing is repaired.
/// A tenth of the full number runs unless the environment says <c>KOINON_SOAK=1</c>.
/// </summary>
[Trait("pace", "slow")]
public sealed class CrashTests : IDisposable
{
    private const int FullKills = 200;
    private const int Senders = 8;
    private const int LoadMilliseconds = 400;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("koinon-crash-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static bool IsSoak => Environment.GetEnvironmentVariable("KOINON_SOAK") == "1";

    private static int Kills => IsSoak ? FullKills : FullKills / 10;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Dev_KilledUnderLoad_LosesNothingThatWasAnnounced()
    {
        string data = Path.Combine(_directory.FullName, "data");
        string[] dev = ["dev", "--port", "0", "--quiet", "--datadir", data, "--durability", "full"];
        int seed = Environment.TickCount;
        Random random = new(seed);
        ConcurrentDictionary<string, string> receipts = new();
        ulong newest = 0;
        for (int kill = 0; kill <= Kills; kill++)
        {
            string when = $"after kill {kill}, seed {seed}";
            await using RunningProgram program = await RunningProgram.StartAsync(dev, Cancellation);
            newest = await AssertThereAsync(program.Url, receipts, newest, when);
            if (kill == Kills) break;

            receipts.Clear();
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            Task[] load = [.. Enumerable.Range(0, Senders).Select(
                sender => SendAsync(program.Url, sender, receipts, stop.Token))];
            await Task.Delay(random.Next(1, LoadMilliseconds), Cancellation);
            await program.KillAsync(Cancellation);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            if (IsSoak || kill % 5 == 4) await VerifyAsync(data, when);
        }

        Assert.True(newest > (ulong)Kills, $"only {newest} blocks were made: there was no load");
        await VerifyAsync(data, "at the end");
    }

    [Fact]
    public async Task Import_KilledAgainAndAgain_GoesOnToTheEnd()
    {
        string data = Path.Combine(_directory.FullName, "data"), copy = Path.Combine(_directory.FullName, "copy");
        string blocks = Path.Combine(_directory.FullName, "blocks.rlp");
        await MakeChainAsync(data, blocks, count: IsSoak ? 6_000 : 3_000);
        Random random = new(1);
        string genesis = Path.Combine(data, "genesis.json");
        int kills = 0;
        for (int attempt = 0; ; attempt++)
        {
            Assert.True(attempt < FullKills, "the import never came to its end");
            await using RunningProgram import =
                RunningProgram.StartWithoutWaiting(["import", "--genesis", genesis, "--datadir", copy, blocks]);
            TimeSpan time = TimeSpan.FromMilliseconds(random.Next(150, 400) + (attempt * 50));
            if (await import.EndsWithinAsync(time, Cancellation))
            {
                Assert.Equal(0, import.ExitCode);
                break;
            }

            await import.KillAsync(Cancellation);
            kills++;
        }

        Assert.NotEqual(0, kills);
        await VerifyAsync(copy, $"after {kills} kills");
        string again = Path.Combine(_directory.FullName, "again.rlp");
        await AssertRunsAsync(["export", "--datadir", copy, again]);
        Assert.Equal(
            await File.ReadAllBytesAsync(blocks, Cancellation), await File.ReadAllBytesAsync(again, Cancellation));
    }

    private static async Task MakeChainAsync(string data, string blocks, int count)
    {
        string[] dev = ["dev", "--port", "0", "--quiet", "--datadir", data];
        await using (RunningProgram program = await RunningProgram.StartAsync(dev, Cancellation))
        {
            using HttpClient client = new() { BaseAddress = program.Url };
            string[] accounts = await AccountsAsync(client);
            await Parallel.ForAsync(0, count, Cancellation, async (i, cancellation) =>
            {
                await AskAsync(client, Payment(accounts[i % Senders], accounts[(i + 1) % Senders]), cancellation);
            });
            Assert.Equal(0, await program.TerminateAsync(Cancellation));
        }

        await AssertRunsAsync(["export", "--datadir", data, blocks]);
    }

    /// <summary>Sends one payment after another and notes the block of each that was answered.</summary>
    private static async Task SendAsync(
        Uri url, int sender, ConcurrentDictionary<string, string> receipts, CancellationToken cancellation)
    {
        using HttpClient client = new() { BaseAddress = url };
        try
        {
            string[] accounts = await AccountsAsync(client);
            while (!cancellation.IsCancellationRequested)
            {
                JsonElement answer = await AskAsync(
                    client, Payment(accounts[sender], accounts[(sender + 1) % Senders]), cancellation);
                string hash = answer.GetProperty("result").GetString()!;
                receipts[hash] = "";
                JsonElement receipt = (await AskAsync(client, Receipt(hash), cancellation)).GetProperty("result");
                receipts[hash] = receipt.GetProperty("blockHash").GetString()!;
            }
        }
        catch (Exception end) when (end is HttpRequestException or OperationCanceledException or IOException)
        {
            // The program was killed.
        }
    }

    /// <summary>Holds what was answered before against what is there now.</summary>
    /// <returns>The number of the head.</returns>
    private static async Task<ulong> AssertThereAsync(
        Uri url, ConcurrentDictionary<string, string> receipts, ulong newest, string when)
    {
        using HttpClient client = new() { BaseAddress = url };
        foreach ((string hash, string block) in receipts)
        {
            JsonElement receipt = (await AskAsync(client, Receipt(hash), Cancellation)).GetProperty("result");
            Assert.True(receipt.ValueKind == JsonValueKind.Object, $"{hash} is lost {when}");
            if (block.Length > 0) Assert.Equal(block, receipt.GetProperty("blockHash").GetString());
        }

        JsonElement head = await AskAsync(client, """{"id":1,"method":"eth_blockNumber"}""", Cancellation);
        ulong number = Convert.ToUInt64(head.GetProperty("result").GetString(), 16);
        Assert.True(number >= newest, $"the head went from {newest} to {number} {when}");
        return number;
    }

    private static async Task VerifyAsync(string data, string when)
    {
        (int exitCode, string error) = await RunningProgram.RunAsync(["db", "verify", "--datadir", data], Cancellation);
        Assert.True(exitCode == 0, $"db verify {when}: {error}");
    }

    private static async Task AssertRunsAsync(string[] arguments)
    {
        (int exitCode, string error) = await RunningProgram.RunAsync(arguments, Cancellation);
        Assert.True(exitCode == 0, error);
    }

    private static async Task<string[]> AccountsAsync(HttpClient client)
    {
        JsonElement answer = await AskAsync(client, """{"id":1,"method":"eth_accounts"}""", Cancellation);
        return [.. answer.GetProperty("result").EnumerateArray().Select(static account => account.GetString()!)];
    }

    private static string Payment(string from, string to) =>
        $$"""{"id":1,"method":"eth_sendTransaction","params":[{"from":"{{from}}","to":"{{to}}","value":"0x1"}]}""";

    private static string Receipt(string hash) =>
        $$"""{"id":1,"method":"eth_getTransactionReceipt","params":["{{hash}}"]}""";

    private static async Task<JsonElement> AskAsync(HttpClient client, string json, CancellationToken cancellation)
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync((Uri?)null, body, cancellation);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellation));
    }
}
