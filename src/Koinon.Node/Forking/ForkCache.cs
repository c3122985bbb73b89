using System.Text;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Node.Forking;

/// <summary>What is known of one block of a remote chain, on disk, shared by all processes and runs.</summary>
/// <remarks>
/// <para>Files are named by the hash of what they hold (state, code) or of what was asked (answers), are written whole
/// under another name and then renamed, and never change: nothing is locked, a kill loses at most the file that was
/// being written, and two processes that write the same do no harm. Everything stands under the chain's number and the
/// block's hash, so that two chains of one number never mix; code, which its hash names, is shared by all.</para>
/// <para>A disk that fails costs the cache, never an answer. Safe from any thread.</para>
/// </remarks>
internal sealed class ForkCache
{
    private const int FilesMax = 64;
    private const int AnswerBytesMax = 8 * 1024 * 1024;
    private const string FactsPattern = "*.facts";

    private readonly string _state;
    private readonly string _answers;
    private readonly string _codes;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _read = [];
    private volatile bool _isBroken;

    private ForkCache(string root, ulong chainId, in Hash256 block)
    {
        string chain = Path.Combine(root, chainId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _state = Path.Combine(chain, block.ToString(), "state");
        _answers = Path.Combine(chain, block.ToString(), "answers");
        _codes = Path.Combine(root, "code");
    }

    /// <summary>Where the files are, unless another place is named: the user's folder for caches.</summary>
    public static string DefaultRoot
    {
        get
        {
            string? caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(caches))
            {
                caches = OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            }

            return Path.Combine(caches, "koinon", "fork");
        }
    }

    /// <summary>Opens the cache of a block.</summary>
    /// <param name="root">The folder of all caches.</param>
    /// <param name="chainId">The chain.</param>
    /// <param name="block">The block's hash.</param>
    /// <returns>The cache; <see langword="null"/> where the folder cannot be made.</returns>
    public static ForkCache? Open(string root, ulong chainId, in Hash256 block)
    {
        ForkCache cache = new(root, chainId, block);
        try
        {
            Directory.CreateDirectory(cache._state);
            Directory.CreateDirectory(cache._answers);
            Directory.CreateDirectory(cache._codes);
            return cache;
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            return null;
        }
    }

    /// <summary>Reads what others, or earlier runs, wrote since the last time.</summary>
    /// <returns>What is new; nothing where there is none.</returns>
    public RemoteFacts Refresh()
    {
        RemoteFacts facts = new();
        Try(() =>
        {
            foreach (string path in Directory.EnumerateFiles(_state, FactsPattern))
            {
                if (IsNew(Path.GetFileName(path)))
                {
                    Read(path, facts);
                }
            }

            ReadCodes(facts);
        });
        return facts;
    }

    /// <summary>Looks for what was known before and was forgotten.</summary>
    /// <param name="keys">What is wanted.</param>
    /// <param name="state">Knows whose code is whose.</param>
    /// <returns>What of it is here.</returns>
    public RemoteFacts Find(IReadOnlyList<StateKey> keys, RemoteState state)
    {
        RemoteFacts found = new();
        HashSet<StateKey> wanted = [.. keys];
        Try(() =>
        {
            foreach (string path in Directory.EnumerateFiles(_state, FactsPattern))
            {
                RemoteFacts facts = new();
                IsNew(Path.GetFileName(path));
                Read(path, facts);
                Pick(facts, wanted, found);
            }

            ReadCodes(found);
            foreach (StateKey key in wanted)
            {
                if (key.CodeHash is { } hash && state.HolderOf(hash) is not null && ReadCode(hash) is { } code)
                {
                    found.Codes[hash] = code;
                }
            }
        });
        return found;
    }

    /// <summary>Writes facts; many small files are made one.</summary>
    public void Save(RemoteFacts facts)
    {
        if (facts.IsEmpty)
        {
            return;
        }

        Try(() =>
        {
            foreach ((Hash256 hash, ReadOnlyMemory<byte> code) in facts.Codes)
            {
                Write(_codes, hash.ToString(), code.Span);
            }

            Write(facts);
            string[] files = Directory.GetFiles(_state, FactsPattern);
            if (files.Length > FilesMax)
            {
                Merge(files);
            }
        });
    }

    /// <summary>Finds an answer of the remote.</summary>
    public ReadOnlyMemory<byte>? FindAnswer(in RemoteCall call)
    {
        string path = Path.Combine(_answers, NameOf(call));
        ReadOnlyMemory<byte>? found = null;
        Try(() =>
        {
            if (File.Exists(path))
            {
                found = File.ReadAllBytes(path);
            }
        });
        return found;
    }

    /// <summary>Keeps an answer that can never change.</summary>
    public void SaveAnswer(in RemoteCall call, ReadOnlyMemory<byte> answer)
    {
        if (answer.Length <= AnswerBytesMax)
        {
            string name = NameOf(call);
            Try(() => Write(_answers, name, answer.Span));
        }
    }

    private static string NameOf(in RemoteCall call) =>
        Hash256.Keccak([.. Encoding.UTF8.GetBytes(call.Method), .. call.Parameters.Span]).ToString();

    private static bool IsOfDisk(Exception reason) => reason is IOException or UnauthorizedAccessException;

    private bool IsNew(string name)
    {
        lock (_gate)
        {
            return _read.Add(name);
        }
    }

    private static void Read(string path, RemoteFacts facts)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            // Another process made it one with others, which are read as well.
            return;
        }

        // A name that is not the hash of its content is a file that was damaged.
        if (Path.GetFileNameWithoutExtension(path) == Hash256.Keccak(bytes).ToString())
        {
            FactFile.TryRead(bytes, facts);
        }
    }

    /// <summary>Reads the code of the accounts; one whose code is not there is forgotten again.</summary>
    private void ReadCodes(RemoteFacts facts)
    {
        List<Address> without = [];
        foreach ((Address address, Account? account) in facts.Accounts)
        {
            if (account is not { HasCode: true } holder || facts.Codes.ContainsKey(holder.CodeHash))
            {
                continue;
            }

            if (ReadCode(holder.CodeHash) is { } code)
            {
                facts.Codes[holder.CodeHash] = code;
            }
            else
            {
                without.Add(address);
            }
        }

        foreach (Address address in without)
        {
            facts.Accounts.Remove(address);
        }
    }

    /// <summary>Code by its hash; <see langword="null"/> where it is not here, or damaged.</summary>
    private byte[]? ReadCode(in Hash256 hash)
    {
        string path = Path.Combine(_codes, hash.ToString());
        byte[] code = File.Exists(path) ? File.ReadAllBytes(path) : [];
        return Hash256.Keccak(code) == hash ? code : null;
    }

    private static void Pick(RemoteFacts facts, HashSet<StateKey> wanted, RemoteFacts found)
    {
        foreach ((Address address, Account? account) in facts.Accounts)
        {
            if (wanted.Contains(new StateKey(address, null, null)))
            {
                found.Accounts[address] = account;
            }
        }

        foreach (((Address Account, UInt256 Slot) key, UInt256 value) in facts.Slots)
        {
            if (wanted.Contains(new StateKey(key.Account, key.Slot, null)))
            {
                found.Slots[key] = value;
            }
        }
    }

    private void Write(RemoteFacts facts)
    {
        byte[] bytes = FactFile.Write(facts);
        string name = Hash256.Keccak(bytes) + ".facts";
        IsNew(name);
        Write(_state, name, bytes);
    }

    private void Merge(string[] files)
    {
        RemoteFacts all = new();
        foreach (string path in files)
        {
            Read(path, all);
        }

        Write(all);
        foreach (string path in files)
        {
            File.Delete(path);
        }
    }

    private static void Write(string folder, string name, ReadOnlySpan<byte> bytes)
    {
        string path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            return;
        }

        string draft = Path.Combine(folder, $".{Guid.NewGuid():n}");
        using (FileStream file = new(draft, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(bytes);
        }

        File.Move(draft, path, overwrite: true);
    }

    private void Try(Action work)
    {
        if (_isBroken)
        {
            return;
        }

        try
        {
            work();
        }
        catch (Exception reason) when (IsOfDisk(reason))
        {
            _isBroken = true;
        }
    }
}
