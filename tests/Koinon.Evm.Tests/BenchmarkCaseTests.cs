using System.Text.Json;
using Koinon.Evm.Forks;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Evm.Tests;

/// <summary>The programs that speed is measured on use the gas and give the answer that other implementations agree
/// on.</summary>
public sealed class BenchmarkCaseTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string file in (string[])["evm-cases.json", "evm-benchmarks.json"])
            {
                foreach (JsonElement element in Read(file).GetProperty("cases").EnumerateArray())
                {
                    cases.Add(file, element.GetProperty("name").GetString()!);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Call_OfACase_UsesItsGasAndGivesItsAnswer(string file, string name)
    {
        JsonElement root = Read(file);
        JsonElement item = root.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name")
            .GetString() == name);
        Address address = Address.Parse(root.GetProperty("address").GetString());
        Address caller = Address.Parse(root.GetProperty("caller").GetString());
        var changes = new StateChanges();
        Put(changes, address, item);
        if (item.TryGetProperty("accounts", out JsonElement accounts))
        {
            foreach (JsonProperty account in accounts.EnumerateObject())
            {
                Put(changes, Address.Parse(account.Name), account.Value);
            }
        }

        using var resources = new ExecutionResources();
        var message = new Message
        {
            Caller = caller,
            Target = address,
            Origin = caller,
            Gas = root.GetProperty("gas").GetInt64(),
            Input = Hex.Decode(item.GetProperty("input").GetString()),
        };
        CallOutcome outcome = new TransactionExecutor(resources).Call(
            ForkList.Get(root.GetProperty("fork").GetString()!), new BlockEnvironment(),
                WorldState.Empty.Apply(changes), message);
        Assert.Equal(HaltReason.None, outcome.Halt);
        Assert.Equal(item.GetProperty("gasUsed").GetInt64(), outcome.GasUsed);
        string returned = Hex.Encode(outcome.ReturnData.Span);
        if (item.TryGetProperty("returns", out JsonElement returns))
        {
            Assert.Equal(returns.GetString(), returned);
        }
        else
        {
            Assert.StartsWith(item.GetProperty("returnsStart").GetString()!, returned, StringComparison.Ordinal);
        }
    }

    private static void Put(StateChanges changes, Address address, JsonElement holder)
    {
        byte[] code = Hex.Decode(holder.GetProperty("code").GetString());
        Hash256 hash = Hash256.Keccak(code);
        changes.Of(address).Account = new Account(1, UInt256.Zero, hash);
        changes.Codes[hash] = code;
    }

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "cases", file))).RootElement;
}
