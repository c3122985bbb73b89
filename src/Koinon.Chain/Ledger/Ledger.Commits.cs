using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Storage;

namespace Koinon.Chain.Ledger;

/// <content>What the store holds and what is in memory: one transaction, then the other follows.</content>
public sealed partial class Ledger
{
    private string? _writeFault;

    /// <summary>
    /// Why the last move could not be written; <see langword="null"/> where it could. Reads go on either way, and so do
    /// writes when there is room again.
    /// </summary>
    public string? WriteFault => Volatile.Read(ref _writeFault);

    private Hash256 SafeHash => Safe?.Hash ?? Hash256.Zero;

    private Hash256 FinalizedHash => Finalized?.Hash ?? Hash256.Zero;

    /// <summary>Writes the genesis into an empty store.</summary>
    private void Begin()
    {
        LedgerBlock genesis = GenesisBlock;
        _oldestBlock = genesis.Number;
        Write(transaction =>
        {
            LedgerRecord.WriteIdentity(transaction, genesis.Hash);
            BlockTables.Write(transaction, genesis);
            _states.Initialise(transaction, genesis.Number, Genesis.State);
            new LedgerRecord(0, genesis.Number, genesis.Number, Hash256.Zero, Hash256.Zero).Write(transaction);
        });
    }

    /// <summary>Stands where the store stands.</summary>
    private void Resume()
    {
        using IReadTransaction transaction = _store.BeginRead();
        LedgerRecord record = LedgerRecord.Read(transaction);
        _sequence = record.Sequence;
        _oldestBlock = record.OldestBlock;
        _head = record.Head == GenesisBlock.Number
            ? GenesisBlock
            : _tables.Read(transaction, record.Head)
                ?? throw LedgerException.Damaged($"block {record.Head}, the head, is missing");
        _safe = Find(transaction, record.Safe);
        _finalized = Find(transaction, record.Finalized);
        if (_states.NewestNumber != record.Head)
        {
            throw LedgerException.Damaged($"the state is that of block {_states.NewestNumber}, not of {record.Head}");
        }
    }

    private LedgerBlock? Find(IReadTransaction transaction, in Hash256 hash) =>
        !hash.IsZero && BlockTables.ReadNumber(transaction, hash) is { } number
            ? _tables.Read(transaction, number)
            : null;

    private LedgerRecord RecordOf(ulong head, in Hash256 safe, in Hash256 finalized) =>
        new(_sequence + 1, head, _oldestBlock, safe, finalized);

    /// <summary>One transaction: all of it stands when this returns, or nothing of it.</summary>
    /// <param name="write">Writes.</param>
    /// <param name="follow">Lets what is in memory follow, where it is committed; the gate is held.</param>
    private void Write(Action<IWriteTransaction> write, Action? follow = null)
    {
        bool isCommitted = false;
        lock (_gate)
        {
            _turn++;
        }

        try
        {
            using IWriteTransaction transaction = _store.BeginWrite();
            write(transaction);
            transaction.Commit();
            isCommitted = true;
            Volatile.Write(ref _writeFault, null);
        }
        catch (StoreException fault)
        {
            Volatile.Write(ref _writeFault, fault.Message);
            throw;
        }
        finally
        {
            try
            {
                if (isCommitted)
                {
                    _states.Published();
                }
                else
                {
                    _states.Abandoned();
                }
            }
            finally
            {
                lock (_gate)
                {
                    if (isCommitted)
                    {
                        follow?.Invoke();
                    }

                    _turn++;
                }
            }
        }
    }

    /// <summary>Lets what is in memory follow a committed move; the gate is held.</summary>
    /// <param name="head">The new head.</param>
    /// <param name="removed">What is no longer canonical.</param>
    /// <param name="added">What is canonical now.</param>
    /// <param name="keepRemoved">What each removed block changed: they stay as layers.</param>
    private void Follow(
        LedgerBlock head, List<LedgerBlock> removed, List<LedgerBlock> added, StateChanges[] keepRemoved)
    {
        for (int i = 0; i < removed.Count; i++)
        {
            _cache.Forget(removed[i]);
            removed[i].Unsettle(this, keepRemoved[i]);
            _layers.Add(removed[i]);
        }

        if (removed.Count > 0)
        {
            ForgetLayerStates();
            _places.Clear();
        }

        foreach (LedgerBlock block in added)
        {
            block.Settle(this);
            _layers.Remove(block);
            _cache.Add(block);
        }

        Volatile.Write(ref _head, head);
    }

    /// <summary>States of layers may stand on what was undone: they are made anew when they are asked for.</summary>
    private void ForgetLayerStates()
    {
        foreach (LedgerBlock layer in _layers.Blocks)
        {
            layer.KeepState(null);
        }
    }

    /// <summary>Lets the marks of consensus follow.</summary>
    private void FollowMarks(in Hash256 safe, in Hash256 finalized)
    {
        Volatile.Write(ref _safe, !safe.IsZero && TryGet(safe, out LedgerBlock? safeBlock) ? safeBlock : null);
        Volatile.Write(ref _finalized, !finalized.IsZero && TryGet(finalized, out LedgerBlock? final) ? final : null);
    }
}
