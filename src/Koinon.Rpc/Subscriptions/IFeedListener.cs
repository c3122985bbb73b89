namespace Koinon.Rpc.Subscriptions;

/// <summary>Hears what happens on the chain, one event after another, in the order in which it happened.</summary>
/// <remarks>Called by the feed alone, which all listeners share: it must be quick and must not wait.</remarks>
internal interface IFeedListener
{
    /// <summary>The head has moved.</summary>
    void OnHead(HeadEvent head)
    {
    }

    /// <summary>The chain is over: nothing will happen on it any more.</summary>
    /// <param name="reason">Why, in words for people.</param>
    void OnEnd(string reason)
    {
    }

    /// <summary>A transaction has come that the next block may hold.</summary>
    void OnPending(PendingEvent pending)
    {
    }
}
