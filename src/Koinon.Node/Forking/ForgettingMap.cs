using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Koinon.Node.Forking;

/// <summary>Keys and values in two generations: what was not asked for while one filled up is forgotten.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TValue">The values, which never change for a key.</typeparam>
/// <param name="bytesMax">What both generations may take; whoever needs less than half of it at once keeps it.</param>
/// <param name="sizeOf">What an entry takes, in bytes.</param>
/// <remarks>Safe from any thread; a reader waits for nobody.</remarks>
internal sealed class ForgettingMap<TKey, TValue>(long bytesMax, Func<TValue, int> sizeOf)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<TKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TKey, TValue> _old = new();
    private long _youngBytes;
    private volatile bool _forgets;

    /// <summary>Whether anything was forgotten so far.</summary>
    public bool Forgets => _forgets;

    /// <summary>How many entries there are; one that was asked for again may count twice.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>Finds the value of a key, and keeps it for longer.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            // It may have become old between the two looks.
            return _young.TryGetValue(key, out value);
        }

        Add(key, value);
        return true;
    }

    /// <summary>Keeps a value; one that is there already stays.</summary>
    public void Add(TKey key, TValue value)
    {
        if (_young.TryAdd(key, value)
            && Interlocked.Add(ref _youngBytes, sizeOf(value)) > bytesMax / 2)
        {
            Age();
        }
    }

    private void Age()
    {
        lock (_gate)
        {
            if (Interlocked.Read(ref _youngBytes) <= bytesMax / 2)
            {
                return;
            }

            _forgets |= !_old.IsEmpty;

            // The old first: whoever looks into the young in vain finds there what was in it.
            _old = _young;
            _young = new ConcurrentDictionary<TKey, TValue>();
            Interlocked.Exchange(ref _youngBytes, 0);
        }
    }
}
