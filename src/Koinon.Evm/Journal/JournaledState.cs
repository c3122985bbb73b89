using System.Runtime.CompilerServices;
using Koinon.Evm.Decoding;
using Koinon.Evm.Forks;
using Koinon.Evm.Precompiles;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Evm.Journal;

/// <summary>The state as a running transaction sees and changes it, over a view that stays as it is.</summary>
/// <remarks>
/// Each account and slot that is touched gets a record; a change is a write to the record and an entry of the journal,
/// so that undoing a frame costs what the frame wrote. Records, journal and logs are arrays kept for the next
/// transaction: a warm machine allocates nothing. One thread.
/// </remarks>
internal sealed partial class JournaledState
{
    private const int CapacityMin = 32;

    // Precompile 3 was touched, in a frame that ran out of gas, when empty accounts were cleared from the state in
    // block 2,675,119: clients did not undo that touch, and it became the rule (EIP-161, "touched" and the RIPEMD-160
    // precompile).
    private static readonly Address TouchNeverUndone = Address.FromWord(3u);

    private readonly CodeCache _codeCache;
    private readonly List<DecodedCode> _newCodes = [];
    private readonly Stack<DecodedCode> _codePool = [];
    private readonly SlotTable _slots = new();
    private readonly SlotTable _transient = new();
    private AccountRecord[] _accounts = new AccountRecord[CapacityMin];
    private int[] _buckets = new int[2 * CapacityMin];
    private int _accountCount;
    private JournalEntry[] _entries = new JournalEntry[4 * CapacityMin];
    private int _entryCount;
    private IStateView _view = EmptyStateView.Instance;
    private InstructionSet _instructions = InstructionSet.None;
    private PrecompileSet _precompiles = PrecompileSet.None;

    internal JournaledState(CodeCache codeCache) => _codeCache = codeCache;

    /// <summary>Gas to be given back at the transaction's end; negative in between where slots are set again.</summary>
    internal long Refund { get; set; }

    /// <summary>Whether a read found its value unavailable: what is computed from then on is to be thrown
    /// away.</summary>
    internal bool IsUnavailable => Missing.Count > 0;

    /// <summary>What must be fetched before the transaction can run.</summary>
    internal List<StateKey> Missing { get; } = [];

    internal ref AccountRecord this[int account] => ref _accounts[account];

    /// <summary>Starts a transaction.</summary>
    internal void Begin(IStateView view, InstructionSet instructions, PrecompileSet precompiles)
    {
        Clear();
        _view = view;
        _instructions = instructions;
        _precompiles = precompiles;
    }

    /// <summary>The record of an account; read from the view at first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Intern(in Address address)
    {
        int[] buckets = _buckets;
        int mask = buckets.Length - 1;
        for (int bucket = HashOf(address) & mask; ; bucket = (bucket + 1) & mask)
        {
            int index = buckets[bucket] - 1;
            if (index < 0)
            {
                return Load(address);
            }

            if (_accounts[index].Address == address)
            {
                return index;
            }
        }
    }

    /// <summary>The record of a slot; read from the view at first.</summary>
    internal ref SlotRecord Slot(int account, in UInt256 key, out int index)
    {
        index = _slots.Find(account, key);
        if (index < 0)
        {
            index = LoadSlot(account, key);
        }

        return ref _slots[index];
    }

    /// <summary>The code of an account; no code where it has none.</summary>
    internal DecodedCode CodeOf(int account)
    {
        ref AccountRecord record = ref _accounts[account];
        return record.Code ??= LoadCode(record.CodeHash);
    }

    /// <summary>Marks an account warm.</summary>
    /// <returns>Whether it was cold.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Warm(int account)
    {
        if ((_accounts[account].Flags & AccountFlags.Warm) != 0)
        {
            return false;
        }

        SetFlags(account, _accounts[account].Flags | AccountFlags.Warm);
        return true;
    }

    /// <summary>Marks a slot warm; it was cold.</summary>
    internal void WarmSlot(int slot)
    {
        Add(JournalEntryKind.SlotWarmth, slot, default);
        _slots[slot].IsWarm = true;
    }

    internal void SetFlags(int account, AccountFlags flags)
    {
        Add(JournalEntryKind.Flags, account, (ulong)_accounts[account].Flags);
        _accounts[account].Flags = flags;
    }

    /// <summary>Marks an account as touched, which brings it into being (EIP-161 decides at the end whether it
    /// stays).</summary>
    internal void Touch(int account)
    {
        const AccountFlags Wanted = AccountFlags.Exists | AccountFlags.Touched;
        if ((_accounts[account].Flags & Wanted) != Wanted)
        {
            SetFlags(account, _accounts[account].Flags | Wanted);
        }
    }

    internal void AddBalance(int account, in UInt256 amount)
    {
        Touch(account);
        if (!amount.IsZero)
        {
            SetBalance(account, unchecked(_accounts[account].Balance + amount));
        }
    }

    /// <summary>Takes from a balance that suffices.</summary>
    internal void SubtractBalance(int account, in UInt256 amount)
    {
        Touch(account);
        if (!amount.IsZero)
        {
            SetBalance(account, unchecked(_accounts[account].Balance - amount));
        }
    }

    internal void SetBalance(int account, in UInt256 balance)
    {
        Add(JournalEntryKind.Balance, account, _accounts[account].Balance);
        _accounts[account].Balance = balance;
    }

    internal void SetNonce(int account, ulong nonce)
    {
        Touch(account);
        Add(JournalEntryKind.Nonce, account, _accounts[account].Nonce);
        _accounts[account].Nonce = nonce;
    }

    /// <summary>Gives an account code that stays in the transaction's own pool until it is collected.</summary>
    internal void SetCode(int account, ReadOnlySpan<byte> code)
    {
        Touch(account);
        Add(JournalEntryKind.Code, account, _accounts[account].CodeHash.ToWord());
        ref AccountRecord record = ref _accounts[account];
        record.CodeHash = code.IsEmpty ? Account.NoCode : Hash256.Keccak(code);
        record.Code = null;
        if (!code.IsEmpty && FindNewCode(record.CodeHash) is null)
        {
            DecodedCode decoded = RentCode();
            decoded.Load(code, record.CodeHash, _instructions, fuses: false);
            _newCodes.Add(decoded);
        }
    }

    internal void SetSlot(int slot, in UInt256 value)
    {
        Add(JournalEntryKind.Slot, slot, _slots[slot].Current);
        _slots[slot].Current = value;
    }

    /// <summary>A transient slot (EIP-1153); zero where it was not written.</summary>
    internal UInt256 ReadTransient(int account, in UInt256 key)
    {
        int index = _transient.Find(account, key);
        return index < 0 ? UInt256.Zero : _transient[index].Current;
    }

    internal void WriteTransient(int account, in UInt256 key, in UInt256 value)
    {
        int index = _transient.Find(account, key);
        if (index < 0)
        {
            index = _transient.Add(account, key, UInt256.Zero);
        }

        Add(JournalEntryKind.Transient, index, _transient[index].Current);
        _transient[index].Current = value;
    }

    /// <summary>Whether a contract may not be made at an account: it has a nonce, code or storage (EIP-684,
    /// EIP-7610).</summary>
    internal bool IsOccupied(int account)
    {
        ref AccountRecord record = ref _accounts[account];
        if (record.Nonce != 0 || record.HasCode)
        {
            return true;
        }

        if (!record.OriginallyExists)
        {
            return false;
        }

        ReadStatus status = _view.ReadStorageExists(record.Address);
        if (status == ReadStatus.Unavailable)
        {
            Missing.Add(new StateKey(record.Address, null, null));
        }

        return status == ReadStatus.Found;
    }

    internal Checkpoint Mark() => new(_entryCount, _logCount, _logByteCount, Refund);

    /// <summary>Undoes everything since a mark.</summary>
    internal void RevertTo(in Checkpoint mark)
    {
        for (int i = _entryCount - 1; i >= mark.Entries; i--)
        {
            Undo(_entries[i]);
        }

        _entryCount = mark.Entries;
        _logCount = mark.Logs;
        _logByteCount = mark.LogBytes;
        Refund = mark.Refund;
    }

    /// <summary>Code that runs once in this transaction: decoded without fusing, given back by
    /// <see cref="ReturnCode"/>.</summary>
    internal DecodedCode RentInitCode(ReadOnlySpan<byte> code)
    {
        DecodedCode decoded = RentCode();
        decoded.Load(code, default, _instructions, fuses: false);
        return decoded;
    }

    internal void ReturnCode(DecodedCode code) => _codePool.Push(code);

    private DecodedCode RentCode() => _codePool.TryPop(out DecodedCode? code) ? code : new DecodedCode();

    private void Undo(in JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalEntryKind.Flags:
                ref AccountRecord account = ref _accounts[entry.Index];
                AccountFlags kept = account.Address == TouchNeverUndone ? account.Flags & AccountFlags.Touched : 0;
                account.Flags = (AccountFlags)entry.Previous.U0 | kept;
                break;
            case JournalEntryKind.Balance:
                _accounts[entry.Index].Balance = entry.Previous;
                break;
            case JournalEntryKind.Nonce:
                _accounts[entry.Index].Nonce = entry.Previous.U0;
                break;
            case JournalEntryKind.Code:
                _accounts[entry.Index].CodeHash = Hash256.FromWord(entry.Previous);
                _accounts[entry.Index].Code = null;
                break;
            case JournalEntryKind.Slot:
                _slots[entry.Index].Current = entry.Previous;
                break;
            case JournalEntryKind.SlotWarmth:
                _slots[entry.Index].IsWarm = false;
                break;
            default:
                _transient[entry.Index].Current = entry.Previous;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Load(in Address address)
    {
        if (_accountCount == _accounts.Length)
        {
            Grow();
        }

        ReadStatus status = _view.ReadAccount(address, out Account account);
        if (status == ReadStatus.Unavailable)
        {
            Missing.Add(new StateKey(address, null, null));
        }

        bool exists = status == ReadStatus.Found;
        account = exists ? account : Account.Empty;
        int bucket = FreeBucket(HashOf(address));
        int index = _accountCount++;
        _buckets[bucket] = index + 1;
        _accounts[index] = new AccountRecord
        {
            Address = address,
            Flags = (exists ? AccountFlags.Exists : AccountFlags.None) |

                // Precompiles are warm from the start (EIP-2929).
                (_precompiles.IsWarm(address) ? AccountFlags.Warm : AccountFlags.None),
            OriginallyExists = exists,
            Nonce = account.Nonce,
            Balance = account.Balance,
            CodeHash = account.CodeHash,
            Original = account,
            Bucket = bucket,
        };
        return index;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int LoadSlot(int account, in UInt256 key)
    {
        UInt256 value = default;
        ref AccountRecord record = ref _accounts[account];
        if (record.OriginallyExists &&
            _view.ReadSlot(record.Address, key, out value) == ReadStatus.Unavailable)
        {
            Missing.Add(new StateKey(record.Address, key, null));
        }

        return _slots.Add(account, key, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private DecodedCode LoadCode(in Hash256 codeHash)
    {
        if (codeHash == Account.NoCode)
        {
            return CodeCache.Empty;
        }

        DecodedCode? code = FindNewCode(codeHash) ?? _codeCache.Find(_instructions, codeHash);
        if (code is not null)
        {
            return code;
        }

        if (_view.ReadCode(codeHash, out ReadOnlyMemory<byte> bytes) != ReadStatus.Found)
        {
            Missing.Add(new StateKey(null, null, codeHash));
            return CodeCache.Empty;
        }

        return _codeCache.Add(_instructions, codeHash, bytes.Span);
    }

    private DecodedCode? FindNewCode(in Hash256 codeHash)
    {
        foreach (DecodedCode code in _newCodes)
        {
            if (code.Hash == codeHash)
            {
                return code;
            }
        }

        return null;
    }

    private void Add(JournalEntryKind kind, int index, in UInt256 previous)
    {
        if (_entryCount == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _entries.Length);
        }

        _entries[_entryCount++] = new JournalEntry(kind, index, previous);
    }

    private void Grow()
    {
        Array.Resize(ref _accounts, 2 * _accounts.Length);
        _buckets = new int[2 * _accounts.Length];
        for (int i = 0; i < _accountCount; i++)
        {
            _accounts[i].Bucket = FreeBucket(HashOf(_accounts[i].Address));
            _buckets[_accounts[i].Bucket] = i + 1;
        }
    }

    private int FreeBucket(int hash)
    {
        int mask = _buckets.Length - 1;
        int bucket = hash & mask;
        while (_buckets[bucket] != 0)
        {
            bucket = (bucket + 1) & mask;
        }

        return bucket;
    }

    private void Clear()
    {
        for (int i = 0; i < _accountCount; i++)
        {
            _buckets[_accounts[i].Bucket] = 0;
            _accounts[i].Code = null;
        }

        foreach (DecodedCode code in _newCodes)
        {
            _codePool.Push(code);
        }

        _newCodes.Clear();
        _accountCount = 0;
        _entryCount = 0;
        _logCount = 0;
        _logByteCount = 0;
        Refund = 0;
        _slots.Clear();
        _transient.Clear();
        Missing.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HashOf(in Address address)
    {
        ReadOnlySpan<byte> bytes = Address.AsSpan(address);
        ulong hash = SeededHash.Mix(
            BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]), BitConverter.ToUInt32(bytes[16..]), 0);
        return (int)(hash & int.MaxValue);
    }
}
