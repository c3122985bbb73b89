using System.Text.Json;
using Koinon.Chain.Building;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Forking;

/// <summary>Brings what is missing of a remote state here: many values in one exchange, each only once.</summary>
/// <param name="remote">The remote node.</param>
/// <param name="state">Learns what is brought.</param>
/// <param name="block">How the fork block is named to the remote.</param>
/// <param name="cache">What is known on disk; <see langword="null"/> for none.</param>
/// <remarks>
/// Safe from any thread, and nothing is held while it waits. Callers that miss the same value wait for one exchange,
/// which goes on as long as one of them does.
/// </remarks>
internal sealed class RemoteFetcher(RemoteChain remote, RemoteState state, RemoteBlockName block, ForkCache? cache)
    : IStateFetcher
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StateKey, SharedFetch> _running = [];
    private readonly RunProphet _prophet = new(remote, state, block);

    /// <inheritdoc/>
    public async ValueTask<string?> FetchAsync(IReadOnlyList<StateKey> missing, CancellationToken cancellation)
    {
        LookOnDisk(missing);
        List<SharedFetch> fetches = Join(missing);
        try
        {
            foreach (SharedFetch fetch in fetches)
            {
                if (await fetch.Completion.WaitAsync(cancellation).ConfigureAwait(false) is { } reason)
                {
                    return reason;
                }
            }

            return null;
        }
        finally
        {
            foreach (SharedFetch fetch in fetches)
            {
                fetch.Leave();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> FetchAheadAsync(
        IReadOnlyList<StateKey> missing, IReadOnlyList<PlannedRun> runs, CancellationToken cancellation)
    {
        LookOnDisk(missing);

        // Where the cache had all of it, the run goes on without a question.
        if (KnowsAll(missing))
        {
            return null;
        }

        Task<string?> fetched = FetchAsync(missing, cancellation).AsTask();
        IReadOnlyList<StateKey> likely = await _prophet.ForeseeAsync(runs, cancellation).ConfigureAwait(false);
        string? reason = await fetched.ConfigureAwait(false);

        // A wrong guess costs a read, and one that fails is no fault: what is needed is asked for again.
        if (reason is null && likely.Count > 0)
        {
            await FetchAsync(likely, cancellation).ConfigureAwait(false);
        }

        return reason;
    }

    /// <summary>Takes from disk what is there: what others wrote since, and what was forgotten here.</summary>
    private void LookOnDisk(IReadOnlyList<StateKey> missing)
    {
        if (cache is null || KnowsAll(missing))
        {
            return;
        }

        if (state.Forgets)
        {
            state.Learn(cache.Find(missing, state));
        }
        else
        {
            state.Learn(cache.Refresh());
        }
    }

    private bool KnowsAll(IReadOnlyList<StateKey> keys)
    {
        foreach (StateKey key in keys)
        {
            if (!state.Knows(Whole(key)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What has to be asked for a key: code comes with its account.</summary>
    private static StateKey Whole(in StateKey key) =>
        key.CodeHash is not null && key.Address is { } address ? new StateKey(address, null, null) : key;

    /// <summary>Joins the exchanges that bring keys already, and begins one for the others.</summary>
    private List<SharedFetch> Join(IReadOnlyList<StateKey> missing)
    {
        List<SharedFetch> fetches = [];
        List<StateKey> mine = [];
        SharedFetch? own = null;
        lock (_gate)
        {
            foreach (StateKey key in missing)
            {
                StateKey whole = Whole(key);
                if (state.Knows(whole) || mine.Contains(whole))
                {
                    continue;
                }

                if (!_running.TryGetValue(whole, out SharedFetch? running) || !running.TryEnter())
                {
                    mine.Add(whole);
                    own ??= new SharedFetch();
                    _running[whole] = own;
                }
                else
                {
                    fetches.Add(running);
                }
            }

            if (own is not null)
            {
                fetches.Add(own);
            }
        }

        own?.Start(cancellation => AskAsync(mine, own, cancellation));
        return fetches;
    }

    private async Task<string?> AskAsync(List<StateKey> keys, SharedFetch own, CancellationToken cancellation)
    {
        try
        {
            RemoteFacts facts = new();
            List<RemoteCall> calls = [];
            foreach (StateKey key in keys)
            {
                AddCalls(key, calls);
            }

            RpcResult<ReadOnlyMemory<byte>>[] answers = await remote.AskAsync(calls, cancellation)
                .ConfigureAwait(false);
            int at = 0;
            foreach (StateKey key in keys)
            {
                int count = CallsOf(key);
                if (Note(key, answers.AsSpan(at, count), facts) is { } reason)
                {
                    return reason;
                }

                at += count;
            }

            state.Learn(facts);
            cache?.Save(facts);
            return null;
        }
        finally
        {
            lock (_gate)
            {
                foreach (StateKey key in keys)
                {
                    if (_running.TryGetValue(key, out SharedFetch? running) && running == own)
                    {
                        _running.Remove(key);
                    }
                }
            }
        }
    }

    private static int CallsOf(in StateKey key) =>
        key.BlockNumber is null && key.Slot is null && key.Address is not null ? 3 : 1;

    private void AddCalls(in StateKey key, List<RemoteCall> calls)
    {
        if (key.BlockNumber is { } number)
        {
            calls.Add(RemoteCall.Of("eth_getBlockByNumber", RemoteCall.Quantity(number), "false"));
            return;
        }

        if (key.CodeHash is { } codeHash)
        {
            calls.Add(RemoteCall.Of(
                "eth_getCode", RemoteCall.Text(state.HolderOf(codeHash) ?? Address.Zero), block.State));
            return;
        }

        if (key.Address is not { } address)
        {
            return;
        }

        string account = RemoteCall.Text(address);
        if (key.Slot is { } slot)
        {
            calls.Add(RemoteCall.Of(
                "eth_getStorageAt", account, RemoteCall.Text(Hash256.FromWord(in slot)), block.State));
            return;
        }

        calls.Add(RemoteCall.Of("eth_getBalance", account, block.State));
        calls.Add(RemoteCall.Of("eth_getTransactionCount", account, block.State));
        calls.Add(RemoteCall.Of("eth_getCode", account, block.State));
    }

    /// <summary>Reads the answers about a key.</summary>
    /// <returns>Why they are none, or <see langword="null"/>.</returns>
    private string? Note(in StateKey key, ReadOnlySpan<RpcResult<ReadOnlyMemory<byte>>> answers, RemoteFacts facts)
    {
        foreach (RpcResult<ReadOnlyMemory<byte>> answer in answers)
        {
            if (answer.Error is { } error)
            {
                return RemoteFault.IsMissingState(error) ? block.Missing(error.Message) : Explain(error);
            }
        }

        bool isRead = key.BlockNumber is { } number ? NoteHash(number, answers[0].Value, facts)
            : key.Slot is { } slot ? NoteSlot((key.Address!.Value, slot), answers[0].Value, facts)
            : key.CodeHash is { } codeHash ? NoteCode(codeHash, answers[0].Value, facts)
            : key.Address is { } address && NoteAccount(address, answers, facts);
        return isRead ? null : $"fork: {remote.Name} answered in a form that is not known, about {key}";
    }

    private static string Explain(RpcError error) =>
        error.Message.StartsWith("fork: ", StringComparison.Ordinal)
            ? error.Message
            : $"fork: the remote node refused: {error.Message} (code {error.Code})";

    private static bool NoteHash(ulong number, ReadOnlyMemory<byte> answer, RemoteFacts facts)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        bool isRead = document.RootElement.ValueKind == JsonValueKind.Object
            & RemoteJson.TryHash(document.RootElement, "hash", out Hash256 hash);
        facts.Hashes[number] = hash;
        return isRead;
    }

    private static bool NoteSlot((Address, UInt256) key, ReadOnlyMemory<byte> answer, RemoteFacts facts)
    {
        bool isRead = RemoteJson.TryWord(answer, out UInt256 value);
        facts.Slots[key] = value;
        return isRead;
    }

    private static bool NoteCode(in Hash256 hash, ReadOnlyMemory<byte> answer, RemoteFacts facts)
    {
        if (!RemoteJson.TryBytes(answer, out byte[] code) || Hash256.Keccak(code) != hash)
        {
            return false;
        }

        facts.Codes[hash] = code;
        return true;
    }

    private static bool NoteAccount(
        in Address address, ReadOnlySpan<RpcResult<ReadOnlyMemory<byte>>> answers, RemoteFacts facts)
    {
        if (!RemoteJson.TryWord(answers[0].Value, out UInt256 balance)
            || !RemoteJson.TryWord(answers[1].Value, out UInt256 nonce) || !nonce.IsUInt64
            || !RemoteJson.TryBytes(answers[2].Value, out byte[] code))
        {
            return false;
        }

        facts.Note(address, nonce.U0, balance, code);
        return true;
    }
}
