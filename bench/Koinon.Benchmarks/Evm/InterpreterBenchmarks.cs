using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Koinon.Evm;
using Koinon.Evm.Decoding;
using Koinon.Evm.Forks;
using Koinon.Evm.Frames;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Benchmarks.Evm;

/// <summary>The interpreter on every case of <c>bench/cases</c>: the message call alone, on a warm machine.</summary>
/// <remarks>The same cases beside other implementations: <c>koinon evm run --cases</c>.</remarks>
public class InterpreterBenchmarks : IDisposable
{
    private readonly Machine _machine = new(new CodeCache(64 << 20));
    private IStateView _state = WorldState.Empty;
    private Message _message = new();
    private Fork _fork = ForkList.Newest;

    /// <summary>File and name of a case.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Every case of both files.</summary>
    public static IEnumerable<string> Cases =>
        from file in (string[])["evm-cases", "evm-benchmarks"]
        from item in Read(file).GetProperty("cases").EnumerateArray()
        select $"{file}:{item.GetProperty("name").GetString()}";

    /// <summary>The state and the message of the case.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        string[] names = Case.Split(':');
        JsonElement root = Read(names[0]);
        JsonElement item = root.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name")
            .GetString() == names[1]);
        Address address = Address.Parse(root.GetProperty("address").GetString());
        var changes = new StateChanges();
        Put(changes, address, item);
        if (item.TryGetProperty("accounts", out JsonElement accounts))
        {
            foreach (JsonProperty account in accounts.EnumerateObject())
            {
                Put(changes, Address.Parse(account.Name), account.Value);
            }
        }

        _state = WorldState.Empty.Apply(changes);
        _fork = ForkList.Get(root.GetProperty("fork").GetString()!);
        _message = new Message
        {
            Caller = Address.Parse(root.GetProperty("caller").GetString()),
            Target = address,
            Gas = root.GetProperty("gas").GetInt64(),
            Input = Hex.Decode(item.GetProperty("input").GetString()),
        };
    }

    /// <summary>One call.</summary>
    [Benchmark]
    public long Call()
    {
        _machine.Begin(_fork, _state, default);
        NoTracer tracer = default;
        _machine.EnterFirst(_message, out _);
        return Interpreter.Run(_machine, ref tracer);
    }

    /// <summary>Gives the machine's memory back.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _machine.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void Put(StateChanges changes, Address address, JsonElement holder)
    {
        byte[] code = Hex.Decode(holder.GetProperty("code").GetString());
        Hash256 hash = Hash256.Keccak(code);
        changes.Of(address).Account = new Account(1, UInt256.Zero, hash);
        changes.Codes[hash] = code;
    }

    private static JsonElement Read(string name) => JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "cases", name + ".json"))).RootElement;
}
