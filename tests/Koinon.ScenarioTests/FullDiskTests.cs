using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Koinon.ScenarioTests;

/// <summary>The program on a disk that fills up: it says so, loses nothing, and goes on when there is room.</summary>
/// <remarks>
/// It takes a small file system, which root may mount. Where it may not, the tests of the store stand between LMDB and
/// the system instead.
/// </remarks>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private const int SendsMax = 2000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("koinon-full-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        TryRun("umount", _directory.FullName);
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Dev_OnAFullDisk_SaysSoAndGoesOnWithRoom()
    {
        if (!TryRun("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", _directory.FullName))
        {
            output.WriteLine("no file system could be mounted: not run");
            return;
        }

        string data = Path.Combine(_directory.FullName, "data");
        string[] dev = ["dev", "--port", "0", "--quiet", "--datadir", data, "--durability", "full"];
        List<string> sent = [];
        await using (RunningProgram program = await RunningProgram.StartAsync(dev, Cancellation))
        {
            using HttpClient client = new() { BaseAddress = program.Url };
            string error = await FillAsync(client, sent);
            Assert.Matches("no room left|No space left", error); // The chain's file, or that of what waits.
            Assert.DoesNotContain("-32603", error, StringComparison.Ordinal);
            await AssertMinedAsync(client, sent);

            Assert.True(TryRun("mount", "-o", "remount,size=30m", _directory.FullName));
            JsonElement answer = await SendAsync(client, size: 10);
            sent.Add(answer.GetProperty("result").GetString()!);
            await AssertMinedAsync(client, sent);
            Assert.Equal(0, await program.TerminateAsync(Cancellation));
        }

        (int exitCode, string fault) = await RunningProgram.RunAsync(["db", "verify", "--datadir", data], Cancellation);
        Assert.True(exitCode == 0, fault);
    }

    /// <summary>Sends until the disk is full.</summary>
    /// <returns>The answer that was not a hash.</returns>
    private static async Task<string> FillAsync(HttpClient client, List<string> sent)
    {
        for (int i = 0; i < SendsMax; i++)
        {
            JsonElement answer = await SendAsync(client, size: 8000);
            if (!answer.TryGetProperty("result", out JsonElement hash)) return answer.ToString();

            sent.Add(hash.GetString()!);
        }

        throw new InvalidOperationException("the disk was never full");
    }

    private static Task<JsonElement> SendAsync(HttpClient client, int size) => AskAsync(
        client,
        $$"""
        {"id":1,"method":"eth_sendTransaction","params":[{"from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "to":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","gas":"0x100000","data":"0x{{new string('a', 2 * size)}}"}]}
        """);

    private static async Task AssertMinedAsync(HttpClient client, List<string> sent)
    {
        foreach (string hash in sent)
        {
            JsonElement answer = await AskAsync(
                client, $$"""{"id":1,"method":"eth_getTransactionReceipt","params":["{{hash}}"]}""");
            Assert.Equal(JsonValueKind.Object, answer.GetProperty("result").ValueKind);
        }
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string json)
    {
        using StringContent body = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync((Uri?)null, body, Cancellation);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using Process process =
                Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
