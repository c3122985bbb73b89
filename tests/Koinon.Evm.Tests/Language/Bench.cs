using Koinon.Evm.Forks;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Evm.Tests.Language;

/// <summary>A small world for programs: some accounts, a block, an executor.</summary>
public sealed class Bench : IDisposable
{
    public static readonly Address Caller = Address.Parse("0x00000000000000000000000000000000000ca11e");
    public static readonly Address Contract = Address.Parse("0x00000000000000000000000000000000c0de0001");
    public static readonly Address Other = Address.Parse("0x00000000000000000000000000000000c0de0002");

    private readonly ExecutionResources _resources = new();

    public Bench() => Executor = new TransactionExecutor(_resources);

    public TransactionExecutor Executor { get; }

    public BlockEnvironment Block { get; init; } = new() { Number = 1_000, Timestamp = 5_000, GasLimit = 30_000_000 };

    public WorldState State { get; private set; } = WorldState.Empty;

    public Bench With(Address address, Bytecode code, UInt256 balance = default, ulong nonce = 1, (UInt256 Slot,
        UInt256 Value)[]? storage = null)
    {
        var changes = new StateChanges();
        AccountChange change = changes.Of(address);
        Hash256 hash = code.Bytes.Length == 0 ? Account.NoCode : Hash256.Keccak(code.Bytes);
        change.Account = new Account(nonce, balance, hash);
        if (code.Bytes.Length > 0)
        {
            changes.Codes[hash] = code.Bytes;
        }

        foreach ((UInt256 slot, UInt256 value) in storage ?? [])
        {
            change.Slots[slot] = value;
        }

        State = State.Apply(changes);
        return this;
    }

    public CallOutcome Call(Fork fork, long gas = 1_000_000, byte[]? input = null) =>
        Executor.Call(fork, Block, State, MessageOf(gas, input));

    public CallOutcome Call<TTracer>(Fork fork, ref TTracer tracer, long gas = 1_000_000, byte[]? input = null)
        where TTracer : struct, ITracer =>
        Executor.Call(fork, Block, State, MessageOf(gas, input), ref tracer);

    public void Dispose() => _resources.Dispose();

    /// <summary>Runs a program in an empty world.</summary>
    public static CallOutcome Run(Bytecode code, Fork fork, long gas = 1_000_000, byte[]? input = null)
    {
        using var bench = new Bench();
        return bench.With(Contract, code).Call(fork, gas, input);
    }

    private static Message MessageOf(long gas, byte[]? input) =>
        new() { Caller = Caller, Target = Contract, Origin = Caller, Gas = gas, Input = input ?? [] };
}
