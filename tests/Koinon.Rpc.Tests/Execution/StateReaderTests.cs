using Koinon.Chain.Building;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;

namespace Koinon.Rpc.Tests.Execution;

public sealed class StateReaderTests
{
    private static readonly Address Holder = Address.FromWord(7u);
    private static readonly byte[] Code = [0x60, 0x00];

    [Fact]
    public async Task Reads_OfWhatIsNotHere_FetchItOnceAndAnswer()
    {
        RemoteState state = new();
        StateReader reader = new(state);

        RpcResult<Account?> account = await reader.ReadAccountAsync(state, Holder, CancellationToken.None);
        RpcResult<UInt256> slot = await reader.ReadSlotAsync(state, Holder, 5u, CancellationToken.None);
        RpcResult<ReadOnlyMemory<byte>> code = await reader.ReadCodeAsync(state, Holder, CancellationToken.None);
        await reader.ReadSlotAsync(state, Holder, 5u, CancellationToken.None);

        Assert.Equal(9ul, account.Value!.Value.Nonce);
        Assert.Equal((UInt256)42u, slot.Value);
        Assert.Equal(Code, code.Value.ToArray());
        Assert.Equal(3, state.Fetches);
    }

    [Fact]
    public async Task Reads_OfWhatCannotBeFetched_SayWhy()
    {
        RemoteState state = new() { Fault = "the remote is down" };
        StateReader reader = new(state);

        RpcResult<Account?> account = await reader.ReadAccountAsync(state, Holder, CancellationToken.None);

        Assert.Equal((-32000, "the remote is down"), (account.Error!.Code, account.Error.Message));
    }

    [Fact]
    public async Task Reads_OfAChainThatHasAll_RefuseWhatIsGone()
    {
        StateReader reader = new(new LocalState());

        RpcResult<UInt256> slot = await reader.ReadSlotAsync(new RemoteState(), Holder, 5u, CancellationToken.None);

        Assert.StartsWith("missing state", slot.Error!.Message, StringComparison.Ordinal);
    }

    /// <summary>A state that knows what was fetched, and the remote it is fetched from.</summary>
    private sealed class RemoteState : IStateView, IStateFetcher
    {
        private readonly HashSet<StateKey> _known = [];

        public string? Fault { get; init; }

        public int Fetches { get; private set; }

        public ReadStatus ReadAccount(in Address address, out Account account)
        {
            account = new Account(9, UInt256.One, Hash256.Keccak(Code));
            return StatusOf(new StateKey(address, null, null));
        }

        public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
        {
            value = 42u;
            return StatusOf(new StateKey(address, slot, null));
        }

        public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code)
        {
            code = Code;
            return StatusOf(new StateKey(Holder, null, codeHash));
        }

        public ReadStatus ReadStorageExists(in Address address) => ReadStatus.Absent;

        public ValueTask<string?> FetchAsync(IReadOnlyList<StateKey> missing, CancellationToken cancellation)
        {
            Fetches++;
            _known.UnionWith(missing);
            return new(Fault);
        }

        private ReadStatus StatusOf(in StateKey key) =>
            _known.Contains(key) ? ReadStatus.Found : ReadStatus.Unavailable;
    }
}
