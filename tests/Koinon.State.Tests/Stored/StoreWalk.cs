using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Proofs;
using Koinon.State.Stored;
using Koinon.Storage;

namespace Koinon.State.Tests.Stored;

/// <summary>Does what a script says to a stored state, and compares it with versions in memory at every step.</summary>
internal sealed class StoreWalk
{
    private readonly StoreScript _script;
    private readonly IStore _store;
    private readonly List<WorldState> _expected = [];
    private readonly List<WorldState> _whole = [];
    private readonly List<StateChanges> _changes = [];
    private readonly List<(WorldState View, ulong Number, WorldState Expected, WorldState Whole)> _views = [];
    private readonly List<(WorldState View, WorldState Whole)> _gone = [];
    private StateStore _states;

    internal StoreWalk(StoreScript script, IStore store)
    {
        _script = script;
        _store = store;
        _states = new StateStore(_store, script.Options);
        Assert.True(_states.IsEmpty);
        StateChanges first = new();
        first.Of(StateScript.AddressOf(1)).Account = new Account(1, 1_000, Account.NoCode);
        first.Of(StateScript.AddressOf(1)).Slots[3] = 4;
        WorldState genesis = WorldState.Empty.Apply(first);
        Write(transaction => _states.Initialise(transaction, 0, genesis));
        _expected.Add(genesis);
        _whole.Add(((WorldState?)script.Options.Beneath ?? WorldState.Empty).Apply(first));
        _changes.Add(first);
    }

    private bool IsForked => _script.Options.Beneath is not null;

    private ulong Newest => (ulong)_expected.Count - 1;

    internal void Run()
    {
        foreach (StoreScript.Act act in _script.Acts)
        {
            Keep();
            switch (act.Kind)
            {
                case < 50:
                    Append(act);
                    break;
                case < 60:
                    Write(transaction => Undo(transaction, Math.Min(act.Depth, UndoMax)));
                    break;
                case < 68:
                    Reorganise(act);
                    break;
                case < 76:
                    Amend(act.Changes);
                    if (act.Depth > 1)
                    {
                        TakeBackEdits(act.Changes);
                    }

                    break;
                case < 86:
                    Write(transaction => _states.Prune(transaction, act.Depth));
                    break;
                case < 92:
                    _states = new StateStore(_store, _script.Options);
                    break;
                default:
                    Abandon(act.Changes);
                    break;
            }

            Check(act.Changes);
        }

        Write(transaction => _states.Prune(transaction, int.MaxValue));
        Check(new StateChanges());
        Write(transaction => Undo(transaction, UndoMax));
        Check(new StateChanges());
    }

    private int UndoMax => (int)(Newest - _states.OldestState);

    // Now and then a version is kept to be asked again after whatever comes.
    private void Keep()
    {
        foreach (ulong number in (ulong[])[_states.OldestState, (_states.OldestState + Newest) / 2, Newest])
        {
            if (_views.Count < 12)
            {
                _views.Add((_states.At(number)!, number, _expected[(int)number], _whole[(int)number]));
            }
        }
    }

    private void Append(StoreScript.Act act)
    {
        StateChanges changes = act.Changes;
        WorldState parent = Layered(act.Depth);
        WorldState result = parent.Apply(changes);
        Assert.Equal(_expected[^1].Apply(changes).Root, result.Root);
        Write(transaction => _states.Append(transaction, Newest + 1, changes, result));
        Expect(changes);
    }

    // The newest state as layers over an older block's.
    private WorldState Layered(int depth)
    {
        int from = Math.Max((int)_states.OldestState, (int)Newest - depth);
        WorldState state = _states.At((ulong)from)!;
        for (int i = from + 1; i < _expected.Count; i++)
        {
            state = state.Apply(_changes[i]);
            Assert.Equal(_expected[i].Root, state.Root);
        }

        return state;
    }

    private void Reorganise(StoreScript.Act act)
    {
        int depth = Math.Min(act.Depth, UndoMax);
        StateChanges changes = act.Changes;
        WorldState ancestor = _states.At(Newest - (ulong)depth)!;
        WorldState one = ancestor.Apply(changes);
        WorldState two = one.Apply(_changes[^1]);
        StateChanges again = _changes[^1];
        Write(transaction =>
        {
            Undo(transaction, depth);
            _states.Append(transaction, Newest + 1, changes, one);
            _states.Append(transaction, Newest + 2, again, two);
        });
        Expect(changes);
        Expect(again);
    }

    private void Expect(StateChanges changes)
    {
        _expected.Add(_expected[^1].Apply(changes));
        _whole.Add(_whole[^1].Apply(changes));
        _changes.Add(changes);
    }

    private void Amend(StateChanges edits)
    {
        Write(transaction => _states.Amend(transaction, edits));
        Lose(Newest);
        StateChanges all = new();
        all.Append(_changes[^1]);
        all.Append(edits);
        _expected[^1] = _expected[^1].Apply(edits);
        _whole[^1] = _whole[^1].Apply(edits);
        _changes[^1] = all;
    }

    // What edits replaced stands again, row by row.
    private void TakeBackEdits(StateChanges last)
    {
        StateChanges other = _changes[0];
        List<string> before = NewestRows();
        Stack<StateEdit> edits = [];
        Write(transaction => edits.Push(_states.Amend(transaction, other)));
        Write(transaction =>
        {
            edits.Push(_states.Amend(transaction, last));
            edits.Push(_states.Amend(transaction, other));
            _states.TakeBack(transaction, edits.Pop());
        });
        Write(transaction =>
        {
            _states.TakeBack(transaction, edits.Pop());
            _states.TakeBack(transaction, edits.Pop());
        });
        Assert.Equal(before, NewestRows());
        Lose(Newest);
    }

    private List<string> NewestRows()
    {
        using IReadTransaction transaction = _store.BeginRead();
        return
        [
            .. Rows(transaction, StateTables.Accounts),
            .. Rows(transaction, StateTables.Slots),
            .. Rows(transaction, StateTables.AccountTrie),
            .. Rows(transaction, StateTables.StorageTrie),
        ];
    }

    private void Abandon(StateChanges changes)
    {
        using (IWriteTransaction transaction = _store.BeginWrite())
        {
            _states.Append(transaction, Newest + 1, changes, _states.Newest.Apply(changes));
            _states.Amend(transaction, changes);
            _states.Undo(transaction);
            if (Newest > _states.OldestState)
            {
                _states.Undo(transaction);
            }
        }

        _states.Abandoned();
    }

    private void Undo(IWriteTransaction transaction, int depth)
    {
        bool isAtOnce = ulong.IsEvenInteger(Newest);
        if (isAtOnce)
        {
            _states.Undo(transaction, (ulong)depth);
        }

        for (int i = 0; i < depth; i++)
        {
            if (!isAtOnce)
            {
                _states.Undo(transaction);
            }

            Lose(Newest);
            _expected.RemoveAt(_expected.Count - 1);
            _whole.RemoveAt(_whole.Count - 1);
            _changes.RemoveAt(_changes.Count - 1);
        }
    }

    private void Lose(ulong number)
    {
        _gone.AddRange(_views.Where(view => view.Number == number).Select(view => (view.View, view.Whole)));
        _views.RemoveAll(view => view.Number == number);
    }

    private void Write(Action<IWriteTransaction> write)
    {
        using (IWriteTransaction transaction = _store.BeginWrite())
        {
            write(transaction);
            transaction.Commit();
        }

        _states.Published();
    }

    private void Check(StateChanges changes)
    {
        Assert.Equal(Newest, _states.NewestNumber);
        Assert.Equal(_expected[^1].Root, _states.Newest.Root);
        for (ulong number = _states.OldestState; number <= Newest; number++)
        {
            WorldState expected = _expected[(int)number];
            WorldState whole = _whole[(int)number];
            CheckVersion(_states.At(number)!, expected, whole, changes);
            CheckProofs(_states.At(number)!, expected, number);
            if (number > _states.OldestState && _script.Options.Preimages)
            {
                StateChanges block = _states.ChangesOf(number);
                Assert.Equal(expected.Root, _expected[(int)number - 1].Apply(block).Root);
                Assert.Equal(whole.Root, _whole[(int)number - 1].Apply(block).Root);
            }
        }

        if (_states.OldestState > 0)
        {
            Assert.Null(_states.At(_states.OldestState - 1));
        }

        Assert.Null(_states.At(Newest + 1));
        foreach ((WorldState view, ulong number, WorldState expected, WorldState whole) in _views)
        {
            if (number >= _states.OldestState)
            {
                CheckVersion(view, expected, whole, changes);
                if (!_store.KeepsSnapshots)
                {
                    CheckProofs(view, expected, number);
                }
            }
            else
            {
                ShouldBeGone(view, whole);
            }
        }

        Assert.All(_gone, gone => ShouldBeGone(gone.View, gone.Whole));
        CheckTables();
    }

    private void CheckVersion(
        WorldState actual, WorldState expected, WorldState whole, StateChanges changes)
    {
        Assert.Equal(expected.Root, actual.Root);
        StateModel.Of(whole).ShouldReadAs(actual);
        foreach ((Address address, Account account) in expected.EnumerateAccounts())
        {
            Assert.Equal(expected.ReadStorageRoot(address), actual.ReadStorageRoot(address));
            ReadStatus exists = actual.ReadStorageExists(address);
            Assert.True(exists == whole.ReadStorageExists(address) || (IsForked && exists == ReadStatus.Found));
            ReadStatus status = expected.ReadCode(account.CodeHash, out ReadOnlyMemory<byte> code);
            Assert.Equal(status, actual.ReadCode(account.CodeHash, out ReadOnlyMemory<byte> read));
            Assert.True(code.Span.SequenceEqual(read.Span));
        }

        if (_script.Options.Preimages)
        {
            Assert.Equal(expected.Root, StateModel.Of(actual).Root());
        }

        WorldState next = actual.Apply(changes);
        Assert.Equal(expected.Apply(changes).Root, next.Root);
        StateModel.Of(whole.Apply(changes)).ShouldReadAs(next);
    }

    private void CheckProofs(WorldState actual, WorldState expected, ulong number)
    {
        if (number < _states.OldestProof)
        {
            Assert.Throws<StateUnavailableException>(() => actual.Prove(StateScript.AddressOf(0), []));
            return;
        }

        for (int index = 0; index < 12; index++)
        {
            AccountProof proof = actual.Prove(StateScript.AddressOf(index), [0, 1, 2, 3, 4, 5, 6, 7]);
            Assert.Equal(ProofError.None, ProofVerifier.Verify(expected.Root, proof));
            bool exists = expected.ReadAccount(StateScript.AddressOf(index), out Account account) == ReadStatus.Found;
            Assert.Equal(exists ? account : null, proof.Account);
        }
    }

    private void ShouldBeGone(WorldState view, WorldState whole)
    {
        if (_store.KeepsSnapshots)
        {
            StateModel.Of(whole).ShouldReadAs(view);
            return;
        }

        Assert.Equal(ReadStatus.Unavailable, view.ReadAccount(StateScript.AddressOf(1), out _));
        Assert.Equal(ReadStatus.Unavailable, view.ReadSlot(StateScript.AddressOf(1), 1, out _));
        Assert.Equal(ReadStatus.Unavailable, view.ReadStorageExists(StateScript.AddressOf(1)));
        StateChanges changes = new();
        changes.Of(StateScript.AddressOf(1)).Account = Account.Empty;
        Assert.Throws<StateUnavailableException>(() => view.Apply(changes));
        Assert.Throws<StateUnavailableException>(() => view.Prove(StateScript.AddressOf(1), []));
    }

    // The tables of the newest state are those of a store that never held another one, and history holds no more than
    // what it is asked for.
    private void CheckTables()
    {
        using MemoryStore fresh = new(StateStore.Tables);
        using (IWriteTransaction transaction = fresh.BeginWrite())
        {
            new StateStore(fresh, _script.Options).Initialise(transaction, 0, _expected[^1]);
            transaction.Commit();
        }

        using IReadTransaction expected = fresh.BeginRead();
        using IReadTransaction actual = _store.BeginRead();
        StoreTable[] tables = [StateTables.AccountTrie, StateTables.StorageTrie];
        foreach (StoreTable table in IsForked ? tables : [.. tables, StateTables.Accounts, StateTables.Slots])
        {
            Assert.Equal(Rows(expected, table), Rows(actual, table));
        }

        foreach (StoreTable table in (StoreTable[])[StateTables.AccountHistory, StateTables.SlotHistory])
        {
            Assert.All(Rows(actual, table), row => Assert.True(NumberOf(row) > _states.OldestState));
        }

        List<string> nodes = Rows(actual, StateTables.TrieHistory);
        Assert.All(nodes, row => Assert.True(Convert.ToUInt64(row[..16], 16) > _states.OldestProof));
        List<string> index = Rows(actual, StateTables.TrieHistoryIndex);
        Assert.All(index, row => Assert.True(NumberOf(row) > _states.OldestProof));
        if (_script.Options.ProofBlocks is null)
        {
            Assert.Equal(
                nodes.Select(static row => row[16..row.IndexOf(':')] + row[..16]).Order(StringComparer.Ordinal),
                index.Select(static row => row[..^1]));
        }

        Assert.Equal(Newest - _states.OldestState + 1, (ulong)Rows(actual, StateTables.Blocks).Count);
    }

    private static ulong NumberOf(string row) => Convert.ToUInt64(row[..row.IndexOf(':')][^16..], 16);

    private static List<string> Rows(IReadTransaction transaction, StoreTable table)
    {
        List<string> rows = [];
        using IStoreCursor cursor = transaction.OpenCursor(table);
        for (bool more = cursor.Seek([]); more; more = cursor.MoveNext())
        {
            rows.Add($"{Convert.ToHexStringLower(cursor.Key)}:{Convert.ToHexStringLower(cursor.Value)}");
        }

        return rows;
    }
}
